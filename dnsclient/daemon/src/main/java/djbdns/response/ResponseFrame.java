package djbdns.response;

import djbdns.server.Client;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.EdnsOption;
import djbdns.wire.message.QueryReader;

/**
 * The form of a response: header and question before what a server says, the OPT record (RFC 6891)
 * and the signature (RFC 8945) behind it, within the bytes that the client takes. Belongs to one
 * thread; allocates nothing, except for signatures.
 *
 * <p>Call {@link #edns} and {@link #signature}, then {@link #begin}, write the records, then {@link
 * #end}, {@link #option} any number of times, {@link #finish}, and {@link #sign} if it {@link
 * #isSigned}.
 */
public final class ResponseFrame {
  /** An OPT record without options: owner, type, size, flags, data length (RFC 6891, 6.1.2). */
  public static final int OPT_BYTES = 11;

  private static final byte[] ROOT = {0};

  /** Type and class. */
  private static final int QUESTION_TAIL_BYTES = 4;

  /** Code and length. */
  private static final int OPTION_HEAD_BYTES = 4;

  private static final int INFO_CODE_BYTES = 2;

  private final PacketWriter packet = new PacketWriter(Limits.MESSAGE_BYTES);
  private int flags;
  private int limit;
  private boolean hasEdns;
  private boolean dnssecOk;
  private TsigRequest signature = TsigRequest.UNSIGNED;
  private int signatureBytes;

  /**
   * The most bytes of a response: over UDP what the client offers, within our own limit (RFC 6891,
   * 6.2.5).
   */
  public static int limitBytes(QueryReader query, Client client) {
    if (client.isTcp()) {
      return Limits.MESSAGE_BYTES;
    }
    int offered = Math.max(query.ednsPayloadBytes(), Limits.UDP_BYTES);
    return Math.min(offered, Limits.EDNS_UDP_BYTES);
  }

  /** Starts a response that is nothing but a header, as the question cannot be repeated. */
  public void beginBare(int id, int newFlags, Rcode rcode) {
    hasEdns = false;
    limit = Limits.UDP_BYTES + signatureBytes;
    packet.begin(id, newFlags | rcode.code(), Limits.UDP_BYTES);
  }

  /** Says whether the next response has an OPT record, and its flag DO. */
  public void edns(boolean isWanted, boolean withDnssecOk) {
    hasEdns = isWanted;
    dnssecOk = withDnssecOk;
  }

  /** Says how the next response is signed. */
  public void signature(TsigRequest request) {
    signature = request;
    signatureBytes = request == TsigRequest.UNSIGNED ? 0 : request.signatureBytes();
  }

  /**
   * Starts a response with its header and question.
   *
   * @param newFlags of the header, the response code 0
   * @param name in wire form
   * @param limitBytes most bytes of the response, 512 or more
   */
  public void begin(int id, int newFlags, byte[] name, int type, int recordClass, int limitBytes) {
    flags = newFlags;
    int room = (hasEdns ? OPT_BYTES : 0) + signatureBytes;
    // The name of a key may be so long that there is no room for more than was sent.
    limit = isSigned() ? Math.max(limitBytes, questionEnd(name) + room) : limitBytes;
    packet.begin(id, flags, limit - room);
    packet.question(name, 0, type, recordClass);
  }

  private static int questionEnd(byte[] name) {
    return Limits.HEADER_BYTES + NameBytes.length(name, 0) + QUESTION_TAIL_BYTES;
  }

  /** The response, until the next one is begun; also where the records are written. */
  public PacketWriter packet() {
    return packet;
  }

  /** Leaves nothing but the question, and a response code. */
  public void fail(Rcode rcode) {
    packet.truncate();
    packet.flags(flags | (rcode.code() & Header.RCODE));
  }

  /**
   * Leaves nothing but the question, as the records do not fit.
   *
   * @return the code to {@link #end} with: the same with TC set, or SERVFAIL over TCP, where the
   *     client has nothing larger to turn to
   */
  public Rcode cutOff(Rcode rcode) {
    if (limit < Limits.MESSAGE_BYTES) {
      packet.truncate();
      return rcode;
    }
    fail(Rcode.SERVFAIL);
    return Rcode.SERVFAIL;
  }

  /** Ends the records: adds the response code to the header, and begins the OPT record. */
  public void end(Rcode rcode) {
    packet.flags(packet.flags() | (rcode.code() & Header.RCODE));
    if (hasEdns) {
      packet.limit(limit - signatureBytes);
      long ttlField = ((long) (rcode.code() >> 4) << 24) | (dnssecOk ? Edns.DO : 0);
      packet.beginRecord(ROOT, 0, RecordType.OPT.code(), Limits.EDNS_UDP_BYTES, ttlField);
    }
  }

  /** Adds an option to the OPT record, if there is one and it fits. */
  public void option(int code, byte[] data) {
    if (beginOption(code, data.length)) {
      packet.addBytes(data, 0, data.length);
    }
  }

  /** Adds an info code of RFC 8914 without text, if there is an OPT record and it fits. */
  public void extendedError(int infoCode) {
    if (beginOption(EdnsOption.EDE, INFO_CODE_BYTES)) {
      packet.addU16(infoCode);
    }
  }

  private boolean beginOption(int code, int length) {
    int left = packet.limit() - packet.length();
    return hasEdns
        && OPTION_HEAD_BYTES + length <= left
        && packet.addU16(code)
        && packet.addU16(length);
  }

  /** Completes the response but for its signature. */
  public void finish() {
    if (hasEdns) {
      packet.endRecord(Section.ADDITIONAL);
    }
  }

  /**
   * Signs the finished response, if {@link #isSigned}.
   *
   * @param nowSeconds since 1970
   */
  public void sign(long nowSeconds) {
    packet.limit(limit);
    signature.sign(packet, nowSeconds);
  }

  /** True if the response has to be signed. */
  public boolean isSigned() {
    return signatureBytes > 0;
  }
}
