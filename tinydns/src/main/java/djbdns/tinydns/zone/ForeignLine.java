package djbdns.tinydns.zone;

import djbdns.wire.RecordType;
import djbdns.wire.text.ByteOrderMark;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/** Lines of other files than data, which people give to tinydns-data all the same. */
public final class ForeignLine {
  static final String MASTER_FILE = "is this a master file? tinydns-import reads those";

  private static final Set<String> DIRECTIVES = Set.of("$ORIGIN", "$TTL", "$INCLUDE", "$GENERATE");

  /** Name, TTL, class and type stand in front of a record's data. */
  private static final int HEAD_WORDS = 4;

  /** Of a line that may be long. */
  private static final int HEAD_BYTES = 600;

  private ForeignLine() {}

  /** The message for a line whose leading character is none that a line can have. */
  public static String leadingCharacter(byte value) {
    int octet = value & 0xff;
    String shown = octet > ' ' && octet <= '~' ? "" + (char) octet : "\\%03o".formatted(octet);
    return "no line starts with \"" + shown + "\"";
  }

  /** As {@link #leadingCharacter}, or that it is no character. */
  static String leadingBytes(byte[] bytes, int start, int end) {
    int length = Math.min(end - start, ByteOrderMark.MAX_BYTES);
    String head = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    return ByteOrderMark.isAtStart(head) ? ByteOrderMark.FAULT : leadingCharacter(bytes[start]);
  }

  /** True if text looks like the beginning of a line of a master file (RFC 1035, 5.1). */
  static boolean isMasterFile(byte[] bytes, int start, int end) {
    int length = Math.min(end - start, HEAD_BYTES);
    String head = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    StringTokenizer words = new StringTokenizer(head, " \t");
    String first = head.startsWith(" ") || head.startsWith("\t") ? "" : words.nextToken();
    if (first.startsWith(";") || DIRECTIVES.contains(first.toUpperCase(Locale.ROOT))) {
      return true;
    }
    boolean found = false;
    for (int i = 1; i < HEAD_WORDS && words.hasMoreTokens() && !found; i++) {
      String word = words.nextToken();
      found =
          word.startsWith(";")
              || word.equalsIgnoreCase("IN")
              || RecordType.mnemonics().containsKey(word.toUpperCase(Locale.ROOT));
    }
    return found;
  }
}
