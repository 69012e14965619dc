package djbdns.tinydns.master;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that people take for master files, by how they begin. */
final class ForeignFile {
  /** What UTF-8, and both kinds of UTF-16, begin with on some systems. */
  private static final List<String> BYTE_ORDER_MARKS =
      List.of("\u00ef\u00bb\u00bf", "\u00fe\u00ff", "\u00ff\u00fe");

  /** BIND writes what it transfers in this form: the number of the format, of 32 bits. */
  private static final String BIND_RAW = "\0\0\0\2";

  /** An entry of one word is none of a master file. */
  private static final Pattern DATA = Pattern.compile("[.&=+@'^CZ:36SN%_-][^ \t:]*:[^ \t]*");

  private static final Pattern NAMED_CONF =
      Pattern.compile("(?:zone|options|acl|logging|view|include|key)[ \t]+[\"{].*", Pattern.DOTALL);

  private ForeignFile() {}

  /**
   * What is wrong with a file as a whole.
   *
   * @param text its first entry
   */
  static Optional<String> fault(String text) {
    // Editors that write these bytes do not show them, and no other server takes them either.
    if (BYTE_ORDER_MARKS.stream().anyMatch(text::startsWith)) {
      return Optional.of(
          "file begins with a byte order mark: save it as ASCII, or as UTF-8 without a mark");
    }
    if (text.startsWith(BIND_RAW)) {
      return Optional.of(
          "looks like BIND's raw format: named-compilezone -f raw -F text makes text of it");
    }
    if (DATA.matcher(text).matches()) {
      return Optional.of("looks like data of tinydns-data, which is no master file");
    }
    return NAMED_CONF.matcher(text).matches()
        ? Optional.of("looks like named.conf: its zone statements name the master files")
        : Optional.empty();
  }
}
