package djbdns.tsig;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The client's side of signed exchanges, one after the other: signs a query, then verifies the
 * message or the stream of messages that answers it (RFC 8945, 5.1, 5.3 and 5.4). One thread.
 */
public final class TsigClient {
  /** Most messages without a signature in a row (RFC 8945, 5.3.1). */
  private static final int UNSIGNED = 99;

  private final TsigKey key;
  private final TsigDigest digest;
  private Bytes priorMac = Bytes.EMPTY;
  private boolean isFirst = true;
  private int unsigned;

  public TsigClient(TsigKey key) {
    this.key = key;
    digest = new TsigDigest(key);
  }

  /** Bytes that {@link #sign} adds. */
  public int signatureBytes() {
    return TsigRecord.length(key.name(), key.algorithm().wireName(), key.macBytes(), 0);
  }

  /**
   * Adds the signature to a query that is complete but for it; a new exchange begins.
   *
   * @param nowSeconds since 1970
   * @return false if it does not fit
   */
  public boolean sign(PacketWriter query, long nowSeconds) {
    TsigRecord tsig =
        new TsigRecord(
            key.name(),
            key.algorithm().wireName(),
            nowSeconds,
            TsigRecord.FUDGE_SECONDS,
            Bytes.EMPTY,
            ByteBuffer.wrap(query.buffer()).getShort(0) & 0xffff,
            TsigError.NOERROR,
            Bytes.EMPTY);
    digest.reset();
    digest.packet(query.buffer(), query.length());
    digest.variables(tsig);
    Bytes mac = digest.finish(key.macBytes());
    priorMac = mac;
    isFirst = true;
    unsigned = 0;
    return tsig.withMac(mac).writeTo(query);
  }

  /**
   * Verifies the next message of an answer. Those between the first and the last may be unsigned:
   * they are verified by the next that is signed, so nothing of a stream may be believed before
   * {@link #isVerified} after its last message. After an exception the exchange is over.
   *
   * @param nowSeconds since 1970
   * @throws TsigException if it, or those before it, did not come from a party that has the key
   */
  public void verify(byte[] packet, int length, long nowSeconds) throws TsigException {
    Optional<TsigRecord.Place> found;
    try {
      found = TsigRecord.find(packet, length);
    } catch (MalformedPacketException e) {
      throw new TsigException(e.getMessage());
    }
    if (isFirst || unsigned == 0) {
      digest.prior(priorMac);
    }
    if (found.isPresent()) {
      verify(packet, found.get(), nowSeconds);
    } else {
      if (isFirst || ++unsigned > UNSIGNED) {
        throw new TsigException("no signature");
      }
      digest.packet(packet, length);
    }
  }

  /** True if the last message was signed, and with it all before it were verified. */
  public boolean isVerified() {
    return !isFirst && unsigned == 0;
  }

  private void verify(byte[] packet, TsigRecord.Place place, long nowSeconds) throws TsigException {
    TsigRecord tsig = place.tsig();
    if (tsig.error().equals(TsigError.BADKEY) || tsig.error().equals(TsigError.BADSIG)) {
      throw new TsigException("server does not accept key " + key.name() + ": " + tsig.error());
    }
    if (!tsig.key().equals(key.name())
        || !tsig.algorithm().equals(key.algorithm().wireName())
        || tsig.mac().length() < key.macBytes()
        || tsig.mac().length() > key.algorithm().macBytes()) {
      throw new TsigException("signature with another key");
    }
    digest.signedPacket(packet, place);
    if (isFirst) {
      digest.variables(tsig);
    } else {
      digest.timers(tsig);
    }
    if (!digest.matches(tsig.mac())) {
      throw new TsigException("wrong signature");
    }
    checkError(tsig, nowSeconds);
    priorMac = tsig.mac();
    isFirst = false;
    unsigned = 0;
  }

  private static void checkError(TsigRecord tsig, long nowSeconds) throws TsigException {
    if (tsig.error().equals(TsigError.BADTIME) && tsig.other().length() == TsigRecord.TIME_BYTES) {
      ByteBuffer other = ByteBuffer.wrap(tsig.other().toArray());
      long theirs = ((other.getShort() & 0xffffL) << 32) | (other.getInt() & 0xffffffffL);
      throw new TsigException("clocks differ by " + Math.abs(theirs - nowSeconds) + " seconds");
    }
    if (!tsig.error().equals(TsigError.NOERROR)) {
      throw new TsigException("server does not accept signature: " + tsig.error());
    }
    if (!tsig.isTimely(nowSeconds)) {
      throw new TsigException(
          "clocks differ by " + Math.abs(tsig.timeSigned() - nowSeconds) + " seconds");
    }
  }
}
