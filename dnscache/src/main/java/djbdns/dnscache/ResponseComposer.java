package djbdns.dnscache;

import djbdns.dnscache.cache.RecordData;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.EdnsOption;
import djbdns.wire.rdata.RdataBytes;
import java.util.random.RandomGenerator;

/**
 * Composes responses: header, question, record sets, the OPT record. What does not fit is cut off
 * down to the question, with TC set. Belongs to one thread and allocates nothing.
 */
final class ResponseComposer {
  private static final int IN = RecordClass.IN.code();
  private static final int SOA = RecordType.SOA.code();
  private static final byte[] ROOT = {0};
  private static final byte[] NOTHING = {};

  /** Stands for no info code. */
  private static final int NONE = -1;

  /** An OPT record without options: owner, type, size, flags, data length. */
  private static final int OPT_BYTES = 11;

  private static final int OPTION_HEAD_BYTES = 4;

  /** The option of RFC 8914 without text: code, length, info code. */
  private static final int EXTENDED_ERROR_BYTES = 6;

  /** What a response repeats of its query: opcode, RD (RFC 1035, 4.1.1), CD (RFC 4035, 3.2.2). */
  private static final int REPEATED = Header.OPCODE | Header.RD | Header.CD;

  private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);
  private final RandomGenerator order;
  private final boolean hideTtl;
  private int limit;
  private boolean hasEdns;
  private boolean dnssecOk;
  private boolean fits;
  private byte[] explanation = NOTHING;

  /**
   * A composer.
   *
   * @param order where record sets start; need not be unpredictable
   * @param hideTtl whether every TTL is written as 0
   */
  ResponseComposer(RandomGenerator order, boolean hideTtl) {
    this.order = order;
    this.hideTtl = hideTtl;
  }

  /** A response with nothing but a header: the question could not be read. */
  void headerOnly(int id, int queryFlags, Rcode rcode) {
    response.begin(id, flags(queryFlags) | rcode.code(), Limits.UDP_BYTES);
  }

  private static int flags(int queryFlags) {
    return Header.QR | Header.RA | (queryFlags & REPEATED);
  }

  /**
   * Starts a response.
   *
   * @param limitBytes 512 or more
   */
  void begin(int id, int queryFlags, int limitBytes, boolean withEdns, boolean withDnssecOk) {
    limit = limitBytes;
    hasEdns = withEdns;
    dnssecOk = withDnssecOk;
    fits = true;
    explanation = NOTHING;
    int room = hasEdns ? OPT_BYTES : 0;
    response.begin(id, flags(queryFlags), limitBytes - room);
  }

  /** Adds to the OPT record, as far as there is room, how the answer was found. */
  void explain(byte[] text) {
    explanation = text;
  }

  /** Has the explanation say something else, if one is wanted. */
  void explainRather(byte[] text) {
    explanation = explanation.length > 0 ? text : NOTHING;
  }

  void question(byte[] name, int type, int recordClass) {
    response.question(name, 0, type, recordClass);
  }

  /**
   * Writes a record set into the answer section, starting at any of its records.
   *
   * @param data a {@link RecordData} list from offset 0
   */
  void answer(byte[] owner, int type, long ttlSeconds, byte[] data, int length) {
    int count = RecordData.count(data, 0, length);
    int start = 0;
    for (int skip = count > 1 ? order.nextInt(count) : 0; skip > 0; skip--) {
      start = RecordData.next(data, start);
    }
    records(owner, type, ttlSeconds, data, start, length);
    records(owner, type, ttlSeconds, data, 0, start);
  }

  private void records(byte[] owner, int type, long ttlSeconds, byte[] data, int from, int to) {
    for (int at = from; at < to && fits; at = RecordData.next(data, at)) {
      int start = RecordData.start(at);
      int length = RecordData.length(data, at);
      record(Section.ANSWER, owner, type, ttlSeconds, data, start, length);
    }
  }

  /** Writes the SOA record of a denial into the authority section. */
  void denial(byte[] owner, long ttlSeconds, byte[] rdata, int offset, int length) {
    record(Section.AUTHORITY, owner, SOA, ttlSeconds, rdata, offset, length);
  }

  /** The same from a {@link RecordData} list of one record. */
  void denial(byte[] owner, long ttlSeconds, byte[] list) {
    denial(owner, ttlSeconds, list, RecordData.start(0), RecordData.length(list, 0));
  }

  /** The same from the owner's name and the record data behind it, as the cache keeps them. */
  void denial(byte[] ownerAndRdata, int length, long ttlSeconds) {
    if (length > 0) {
      int ownerBytes = NameBytes.length(ownerAndRdata, 0);
      denial(ownerAndRdata, ttlSeconds, ownerAndRdata, ownerBytes, length - ownerBytes);
    }
  }

  private void record(
      Section section,
      byte[] owner,
      int type,
      long ttlSeconds,
      byte[] data,
      int offset,
      int length) {
    fits =
        fits
            && response.beginRecord(owner, 0, type, IN, hideTtl ? 0 : ttlSeconds)
            && RdataBytes.write(response, type, data, offset, length);
    if (fits) {
      response.endRecord(section);
    }
  }

  /** Ends a response. */
  void end(Rcode rcode) {
    end(rcode, NONE);
  }

  /**
   * Ends a response.
   *
   * @param extendedError an info code of RFC 8914, which only a client with EDNS0 gets to see; -1
   *     for none
   */
  void end(Rcode rcode, int extendedError) {
    end(rcode, extendedError, NONE);
  }

  /**
   * Ends a response.
   *
   * @param cause another info code, for what is behind the first; -1 for none
   */
  void end(Rcode rcode, int extendedError, int cause) {
    int code = fits ? rcode.code() : cutOff(rcode);
    response.flags(response.flags() | (code & 0xf));
    if (!hasEdns) {
      return;
    }
    response.limit(limit);
    long ttlField = ((long) (code >> 4) << 24) | (dnssecOk ? Edns.DO : 0);
    response.beginRecord(ROOT, 0, RecordType.OPT.code(), Limits.EDNS_UDP_BYTES, ttlField);
    addExtendedError(extendedError);
    addExtendedError(cause);
    int left = limit - response.length() - OPTION_HEAD_BYTES;
    if (explanation.length > 0 && explanation.length <= left) {
      response.addU16(EdnsOption.EXPLANATION);
      response.addU16(explanation.length);
      response.addBytes(explanation, 0, explanation.length);
    }
    response.endRecord(Section.ADDITIONAL);
  }

  private void addExtendedError(int code) {
    if (code != NONE && limit - response.length() >= EXTENDED_ERROR_BYTES) {
      response.addU16(EdnsOption.EDE);
      response.addU16(2);
      response.addU16(code);
    }
  }

  /** Leaves only the question. Over TCP there is nothing larger to turn to. */
  private int cutOff(Rcode rcode) {
    response.truncate();
    if (limit < Limits.MESSAGE_BYTES) {
      return rcode.code();
    }
    response.flags(response.flags() & ~Header.TC);
    return Rcode.SERVFAIL.code();
  }

  /** The response, until the next one is begun. */
  PacketWriter response() {
    return response;
  }
}
