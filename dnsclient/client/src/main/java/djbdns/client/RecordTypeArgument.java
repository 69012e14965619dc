package djbdns.client;

import djbdns.wire.Excerpt;
import djbdns.wire.RecordType;
import java.util.List;
import java.util.Optional;

/** The record type on a command line. */
public final class RecordTypeArgument {
  private static final int CODE_MASK = 0xffff;

  private RecordTypeArgument() {}

  /**
   * Reads a number, modulo 65536, or a mnemonic in any letter case. 1.05 (parsetype.c) knows {@code
   * any a ns mx ptr txt cname soa hinfo rp sig key aaaa axfr}; here every mnemonic of {@link
   * RecordType} is known, and {@code TYPE731}. No digits at all are the number 0, as in 1.05.
   */
  public static Optional<RecordType> parse(String text) {
    int code = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return RecordType.parse(text);
      }
      code = (10 * code + c - '0') & CODE_MASK;
    }
    return Optional.of(new RecordType(code));
  }

  /**
   * The message for a word in the place of a type, which {@link #parse} does not know.
   *
   * @param operands of the command, the word first
   */
  public static String unknown(List<String> operands) {
    String word = operands.getFirst();
    return "unknown type: " + Excerpt.of(word) + advice(word, operands);
  }

  /** The type that may be meant. */
  private static String advice(String word, List<String> operands) {
    if (word.startsWith("-")) {
      return " (see --help)";
    }
    boolean isSwapped = operands.size() > 1 && parse(operands.get(1)).isPresent();
    return isSwapped ? " (the type comes before the name)" : "";
  }
}
