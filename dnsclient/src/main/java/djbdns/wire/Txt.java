package djbdns.wire;

import java.util.List;

/**
 * Text: one or more strings of 0 to 255 bytes (RFC 1035, 3.3.14).
 *
 * <pre>
 * +-----+-----------+
 * | n 8 | string: n |  repeated
 * +-----+-----------+
 * </pre>
 */
public record Txt(List<Bytes> strings) implements Rdata {
  public Txt {
    strings = List.copyOf(strings);
    if (strings.isEmpty()) {
      throw new IllegalArgumentException("no string");
    }
    strings.forEach(string -> Codes.checkLength(string, 0, 255));
  }

  static <E extends Exception> Txt from(RdataSource<E> in) throws E {
    return new Txt(in.strings());
  }

  @Override
  public RecordType type() {
    return RecordType.TXT;
  }

  @Override
  public void to(RdataSink sink) {
    sink.strings(strings);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
