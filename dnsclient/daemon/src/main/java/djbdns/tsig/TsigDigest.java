package djbdns.tsig;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.RecordClass;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The MACs of one exchange: of a request and its answers (RFC 8945, 4.3). Each is begun by what is
 * fed first and ended by {@link #finish} or {@link #matches}. One thread.
 */
final class TsigDigest {
  private static final int ADDITIONAL_OFFSET = 10;

  private final Mac mac;

  TsigDigest(TsigKey key) {
    String algorithm = key.algorithm().javaName();
    try {
      mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.secret().toArray(), algorithm));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("no " + algorithm + " in this Java", e);
    }
  }

  /** Forgets what was fed to a MAC that nobody ended. */
  void reset() {
    mac.reset();
  }

  /** Feeds the MAC of the request, or of the message before. */
  void prior(Bytes priorMac) {
    mac.update((byte) (priorMac.length() >> 8));
    mac.update((byte) priorMac.length());
    mac.update(priorMac.toArray());
  }

  /** Feeds a packet as it is. */
  void packet(byte[] packet, int length) {
    mac.update(packet, 0, length);
  }

  /** Feeds a packet as it was before its TSIG record was added. */
  void signedPacket(byte[] packet, TsigRecord.Place place) {
    byte[] header = Arrays.copyOf(packet, Limits.HEADER_BYTES);
    ByteBuffer.wrap(header)
        .putShort(0, (short) place.tsig().originalId())
        .putShort(ADDITIONAL_OFFSET, (short) place.additional());
    mac.update(header);
    mac.update(packet, Limits.HEADER_BYTES, place.start() - Limits.HEADER_BYTES);
  }

  /** Feeds what the first message of a party has of its TSIG record (RFC 8945, 4.3.3). */
  void variables(TsigRecord tsig) {
    mac.update(tsig.key().lowerCase().toWire());
    ByteBuffer out = ByteBuffer.allocate(6).putShort((short) RecordClass.ANY.code()).putInt(0);
    mac.update(out.array());
    mac.update(tsig.algorithm().lowerCase().toWire());
    timers(tsig);
    out.clear();
    out.putShort((short) tsig.error().code()).putShort((short) tsig.other().length());
    mac.update(out.array(), 0, out.position());
    mac.update(tsig.other().toArray());
  }

  /** Feeds what later messages have of it (RFC 8945, 5.3.1). */
  void timers(TsigRecord tsig) {
    ByteBuffer out = ByteBuffer.allocate(TsigRecord.TIME_BYTES + 2);
    TsigRecord.putTime(out, tsig.timeSigned());
    out.putShort((short) tsig.fudgeSeconds());
    mac.update(out.array());
  }

  /** The MAC of all that was fed, its first {@code count} bytes. */
  Bytes finish(int count) {
    return Bytes.of(Arrays.copyOf(mac.doFinal(), count));
  }

  /** True if a MAC, truncated or not, is that of all that was fed; in constant time. */
  boolean matches(Bytes received) {
    byte[] expected = Arrays.copyOf(mac.doFinal(), received.length());
    return MessageDigest.isEqual(expected, received.toArray());
  }
}
