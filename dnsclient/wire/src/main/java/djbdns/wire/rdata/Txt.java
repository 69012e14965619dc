package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.TextScanner;
import java.util.ArrayList;
import java.util.Arrays;
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
    strings.forEach(string -> Codes.checkLength(string, 0, Limits.STRING_BYTES));
  }

  /**
   * Text in the form of master files, but that a string longer than 255 bytes is split into strings
   * of 255 and what is left: a long key need not be cut by hand. Data of any length.
   */
  public static Rdata parse(String text) throws MalformedTextException {
    TextScanner scanner = new TextScanner(text);
    if (scanner.skipGeneric(RecordType.TXT)) {
      return Rdata.parse(RecordType.TXT, text, Name.ROOT);
    }
    List<Bytes> strings = new ArrayList<>();
    while (scanner.hasMore()) {
      split(MasterText.unescape(scanner.next()), strings);
    }
    if (strings.isEmpty()) {
      throw new MalformedTextException("no string");
    }
    return new Txt(strings);
  }

  private static void split(byte[] bytes, List<Bytes> strings) {
    int start = 0;
    do {
      int end = Math.min(bytes.length, start + Limits.STRING_BYTES);
      strings.add(Bytes.owning(Arrays.copyOfRange(bytes, start, end)));
      start = end;
    } while (start < bytes.length);
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
