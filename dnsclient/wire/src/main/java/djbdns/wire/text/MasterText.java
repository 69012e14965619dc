package djbdns.wire.text;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.Arrays;

/**
 * Names and strings as master files write them (RFC 1035, 5.1; RFC 4343, 2.1): {@code \DDD} is a
 * byte in decimal, {@code \X} is X, a name without a trailing dot is relative to an origin, and
 * {@code @} is the origin. {@link Name#toString} is 1.05's form, in octal. Characters are bytes:
 * ISO 8859-1.
 */
public final class MasterText {
  private static final String SPECIAL_IN_NAMES = "\".\\();@$";
  private static final String SPECIAL_IN_STRINGS = "\"\\";

  private MasterText() {}

  /** A name with its trailing dot, its letter case kept. */
  public static String ofName(Name name) {
    if (name.isRoot()) {
      return ".";
    }
    byte[] wire = name.toWire();
    StringBuilder out = new StringBuilder(wire.length);
    for (int label = 0; wire[label] != 0; label += 1 + wire[label]) {
      for (int i = label + 1; i <= label + wire[label]; i++) {
        appendEscaped(out, wire[i], SPECIAL_IN_NAMES);
      }
      out.append('.');
    }
    return out.toString();
  }

  /**
   * A name.
   *
   * @param origin what the names that have no trailing dot end in
   * @throws MalformedTextException if a label is empty or exceeds 63 bytes, the name exceeds 255
   *     bytes, or an escape is wrong
   */
  public static Name parseName(String text, Name origin) throws MalformedTextException {
    return switch (text) {
      case "." -> Name.ROOT;
      case "@" -> origin;
      default -> parseLabels(text, origin);
    };
  }

  private static Name parseLabels(String text, Name origin) throws MalformedTextException {
    byte[] wire = new byte[2 * Limits.NAME_BYTES];
    int next = 0;
    int start = 0;
    boolean absolute = false;
    while (start < text.length()) {
      int dot = endOfLabel(text, start);
      absolute = dot < text.length();
      byte[] label = unescape(text.substring(start, dot));
      if (label.length == 0 || label.length > Limits.LABEL_BYTES) {
        throw new MalformedTextException("label of " + label.length + " bytes in name: " + text);
      }
      if (next + 1 + label.length >= Limits.NAME_BYTES) {
        throw new MalformedTextException("name longer than 255 bytes");
      }
      wire[next] = (byte) label.length;
      System.arraycopy(label, 0, wire, next + 1, label.length);
      next += 1 + label.length;
      start = dot + 1;
    }
    if (next == 0) {
      throw new MalformedTextException("empty name");
    }
    next += (absolute ? Name.ROOT : origin).copyTo(wire, next);
    if (next > Limits.NAME_BYTES) {
      throw new MalformedTextException("name longer than 255 bytes");
    }
    return Name.ofWire(wire, 0);
  }

  private static int endOfLabel(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) != '.') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, text.length());
  }

  /** A string in quotes. */
  public static String ofString(Bytes bytes) {
    return "\"" + escape(bytes) + "\"";
  }

  /** The characters between the quotes of a string. */
  static String escape(Bytes bytes) {
    StringBuilder out = new StringBuilder(bytes.length());
    for (byte value : bytes.toArray()) {
      if (value == ' ') {
        out.append(' ');
      } else {
        appendEscaped(out, value, SPECIAL_IN_STRINGS);
      }
    }
    return out.toString();
  }

  private static void appendEscaped(StringBuilder out, byte value, String special) {
    int octet = value & 0xff;
    if (octet <= ' ' || octet >= 0x7f) {
      out.append('\\')
          .append((char) ('0' + octet / 100))
          .append((char) ('0' + octet / 10 % 10))
          .append((char) ('0' + octet % 10));
      return;
    }
    if (special.indexOf(octet) >= 0) {
      out.append('\\');
    }
    out.append((char) octet);
  }

  /** The bytes that a word, or what stands between quotes, means. */
  public static byte[] unescape(String text) throws MalformedTextException {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '\\') {
        int end = endOfEscape(text, i);
        c = end == i + 1 ? text.charAt(i) : parseOctet(text.substring(i, end));
        i = end;
      }
      if (c > 0xff) {
        throw new MalformedTextException("character outside ISO 8859-1: " + text);
      }
      bytes[length++] = (byte) c;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The end of the escape whose backslash stands before {@code start}. */
  private static int endOfEscape(String text, int start) throws MalformedTextException {
    boolean isDecimal = start < text.length() && Character.isDigit(text.charAt(start));
    int end = start + (isDecimal ? 3 : 1);
    if (end > text.length()) {
      throw new MalformedTextException("unfinished escape: " + text);
    }
    return end;
  }

  private static char parseOctet(String digits) throws MalformedTextException {
    return Codes.parseDecimal(digits, 0xff)
        .map(octet -> (char) octet.intValue())
        .orElseThrow(() -> new MalformedTextException("bad escape: \\" + digits));
  }
}
