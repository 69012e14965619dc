package djbdns.dnscache;

import djbdns.dnscache.cache.RecordData;
import djbdns.response.ResponseFrame;
import djbdns.wire.Header;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.EdnsOption;
import djbdns.wire.rdata.RdataBytes;
import java.util.random.RandomGenerator;

/**
 * Composes responses: record sets and reasons in a {@link ResponseFrame}. What does not fit is cut
 * off down to the question. Belongs to one thread and allocates nothing.
 */
final class ResponseComposer {
  private static final int IN = RecordClass.IN.code();
  private static final int SOA = RecordType.SOA.code();
  private static final byte[] NOTHING = {};

  /** Stands for no info code. */
  private static final int NONE = -1;

  /**
   * The flags that a response repeats of its query: opcode, RD (RFC 1035, 4.1.1), CD (RFC 4035,
   * 3.2.2).
   */
  private static final int REPEATED = Header.OPCODE | Header.RD | Header.CD;

  private final ResponseFrame frame = new ResponseFrame();
  private final PacketWriter response = frame.packet();
  private final RandomGenerator order;
  private final boolean hideTtl;
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

  /** Composes a response with nothing but a header: the question could not be read. */
  void headerOnly(int id, int queryFlags, Rcode rcode) {
    frame.beginBare(id, flags(queryFlags), rcode);
  }

  private static int flags(int queryFlags) {
    return Header.QR | Header.RA | (queryFlags & REPEATED);
  }

  /** Says whether the next response has an OPT record, and its flag DO. */
  void edns(boolean isWanted, boolean dnssecOk) {
    frame.edns(isWanted, dnssecOk);
  }

  /**
   * Starts a response.
   *
   * @param limitBytes 512 or more
   */
  void begin(int id, int queryFlags, byte[] name, int type, int recordClass, int limitBytes) {
    fits = true;
    explanation = NOTHING;
    frame.begin(id, flags(queryFlags), name, type, recordClass, limitBytes);
  }

  /** Adds to the OPT record, as far as there is room, how the answer was found. */
  void explain(byte[] text) {
    explanation = text;
  }

  /** Has the explanation say something else, if one is wanted. */
  void explainRather(byte[] text) {
    explanation = explanation.length > 0 ? text : NOTHING;
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
    frame.end(fits ? rcode : frame.cutOff(rcode));
    addExtendedError(extendedError);
    addExtendedError(cause);
    if (explanation.length > 0) {
      frame.option(EdnsOption.EXPLANATION, explanation);
    }
    frame.finish();
  }

  private void addExtendedError(int code) {
    if (code != NONE) {
      frame.extendedError(code);
    }
  }

  /** The response, until the next one is begun. */
  PacketWriter response() {
    return response;
  }
}
