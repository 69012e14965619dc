package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * Certification authority authorization (RFC 8659, 4.1). The tag is 1 to 255 ASCII letters and
 * digits.
 *
 * <pre>
 * +---------+-----+--------+-------+
 * | flags 8 | n 8 | tag: n | value |
 * +---------+-----+--------+-------+
 * </pre>
 */
public record Caa(int flags, Bytes tag, Bytes value) implements Rdata {
  public Caa {
    Codes.checkU8(flags);
    Codes.checkLength(tag, 1, 255);
    if (!tag.toText().matches("[0-9A-Za-z]+")) {
      throw new IllegalArgumentException("bad tag: " + tag.toText());
    }
  }

  static <E extends Exception> Caa from(RdataSource<E> in) throws E {
    return new Caa(in.u8(), in.word(), in.quoted());
  }

  @Override
  public RecordType type() {
    return RecordType.CAA;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u8(flags);
    sink.word(tag);
    sink.quoted(value);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
