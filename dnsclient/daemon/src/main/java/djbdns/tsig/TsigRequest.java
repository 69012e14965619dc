package djbdns.tsig;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The server's side of one signed exchange: what a query's signature turned out to be, and the
 * signatures of the answer to it, a message or a stream of them (RFC 8945, 5.2 and 5.3). One
 * thread; {@link #UNSIGNED} for any.
 *
 * <p>The answer to a query whose {@link #rcode} is not NOERROR has that code and no records, and is
 * to be given to {@link #sign} as any other.
 */
public final class TsigRequest {
  /** A query without a signature; signing its answer does nothing. */
  public static final TsigRequest UNSIGNED =
      new TsigRequest(Rcode.NOERROR, Optional.empty(), Optional.empty(), TsigError.NOERROR);

  private static final TsigRequest MALFORMED =
      new TsigRequest(Rcode.FORMERR, Optional.empty(), Optional.empty(), TsigError.NOERROR);

  private final Rcode rcode;
  private final Optional<TsigRecord> received;

  /** The key of a signature that was right but perhaps too old or short: the answer has a MAC. */
  private final Optional<Signer> signer;

  private final TsigError error;

  private TsigRequest(
      Rcode rcode, Optional<TsigRecord> received, Optional<Signer> signer, TsigError error) {
    this.rcode = rcode;
    this.received = received;
    this.signer = signer;
    this.error = error;
  }

  /** A key, and the MACs of the answer's messages so far. */
  private static final class Signer {
    private final TsigKey key;
    private final TsigDigest digest;
    private final int macBytes;
    private Bytes priorMac;
    private boolean isFirst = true;

    Signer(TsigKey key, TsigDigest digest, Bytes requestMac) {
      this.key = key;
      this.digest = digest;
      // Never less than the client sent (RFC 8945, 5.2.2.1).
      macBytes = Math.max(key.macBytes(), requestMac.length());
      priorMac = requestMac;
    }

    TsigRecord sign(PacketWriter answer, TsigRecord tsig) {
      digest.prior(priorMac);
      digest.packet(answer.buffer(), answer.length());
      if (isFirst) {
        digest.variables(tsig);
      } else {
        digest.timers(tsig);
      }
      isFirst = false;
      priorMac = digest.finish(macBytes);
      return tsig.withMac(priorMac);
    }
  }

  /**
   * Verifies a received query, which is left as it is: who reads it afterwards passes over the TSIG
   * record at its end.
   *
   * @param nowSeconds since 1970
   */
  public static TsigRequest read(byte[] packet, int length, TsigKeys keys, long nowSeconds) {
    try {
      return TsigRecord.find(packet, length)
          .map(place -> verify(packet, place, keys, nowSeconds))
          .orElse(UNSIGNED);
    } catch (MalformedPacketException e) {
      return MALFORMED;
    }
  }

  private static TsigRequest verify(
      byte[] packet, TsigRecord.Place place, TsigKeys keys, long nowSeconds) {
    TsigRecord tsig = place.tsig();
    Optional<TsigKey> found =
        keys.find(tsig.key()).filter(key -> key.algorithm().wireName().equals(tsig.algorithm()));
    if (found.isEmpty()) {
      return refused(tsig, TsigError.BADKEY, Optional.empty());
    }
    TsigKey key = found.get();
    int macBytes = tsig.mac().length();
    if (macBytes < key.algorithm().leastMacBytes() || macBytes > key.algorithm().macBytes()) {
      return MALFORMED;
    }
    TsigDigest digest = new TsigDigest(key);
    digest.signedPacket(packet, place);
    digest.variables(tsig);
    if (!digest.matches(tsig.mac())) {
      return refused(tsig, TsigError.BADSIG, Optional.empty());
    }
    Optional<Signer> signer = Optional.of(new Signer(key, digest, tsig.mac()));
    if (!tsig.isTimely(nowSeconds)) {
      return refused(tsig, TsigError.BADTIME, signer);
    }
    if (macBytes < key.macBytes()) {
      return refused(tsig, TsigError.BADTRUNC, signer);
    }
    return new TsigRequest(Rcode.NOERROR, Optional.of(tsig), signer, TsigError.NOERROR);
  }

  private static TsigRequest refused(TsigRecord tsig, TsigError error, Optional<Signer> signer) {
    return new TsigRequest(Rcode.NOTAUTH, Optional.of(tsig), signer, error);
  }

  /** NOERROR if the query is unsigned or rightly signed, FORMERR or NOTAUTH if it is not. */
  public Rcode rcode() {
    return rcode;
  }

  /** Why the code is NOTAUTH: BADKEY, BADSIG, BADTIME or BADTRUNC. */
  public TsigError error() {
    return error;
  }

  /** The key that the query is rightly signed with. */
  public Optional<TsigKey> key() {
    return rcode.equals(Rcode.NOERROR) ? signer.map(known -> known.key) : Optional.empty();
  }

  /** The name of the key that the query claims, right or wrong. */
  public Optional<Name> claimedKey() {
    return received.map(TsigRecord::key);
  }

  /** Bytes that {@link #sign} adds to each message: room to be left; 0 without a signature. */
  public int signatureBytes() {
    return received
        .map(tsig ->
            TsigRecord.length(
                tsig.key(),
                tsig.algorithm(),
                signer.map(known -> known.macBytes).orElse(0),
                otherBytes()))
        .orElse(0);
  }

  private int otherBytes() {
    return error.equals(TsigError.BADTIME) ? TsigRecord.TIME_BYTES : 0;
  }

  /**
   * Adds the signature to the next message of the answer, which must be complete but for it. With
   * BADKEY and BADSIG it says only that (RFC 8945, 5.3.2).
   *
   * @param nowSeconds since 1970
   * @return false if it does not fit
   */
  public boolean sign(PacketWriter answer, long nowSeconds) {
    if (received.isEmpty()) {
      return true;
    }
    boolean isBadTime = error.equals(TsigError.BADTIME);
    ByteBuffer other = ByteBuffer.allocate(otherBytes());
    if (isBadTime) {
      TsigRecord.putTime(other, nowSeconds);
    }
    TsigRecord tsig =
        new TsigRecord(
            received.get().key(),
            received.get().algorithm(),
            isBadTime ? received.get().timeSigned() : nowSeconds,
            TsigRecord.FUDGE_SECONDS,
            Bytes.EMPTY,
            ByteBuffer.wrap(answer.buffer()).getShort(0) & 0xffff,
            error,
            Bytes.of(other.array()));
    return signer.map(known -> known.sign(answer, tsig)).orElse(tsig).writeTo(answer);
  }
}
