package djbdns.master;

import djbdns.wire.text.ByteOrderMark;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that people take for master files, by how they begin. */
final class ForeignFile {
  /** BIND writes what it transfers in this form: the number of the format, of 32 bits. */
  private static final String BIND_RAW = "\0\0\0\2";

  /** An entry of one word is none of a master file. */
  private static final Pattern DATA = Pattern.compile("[.&=+@'^CZ:36SN%_-][^ \t:]*:[^ \t]*");

  private static final Pattern NAMED_CONF =
      Pattern.compile("(?:zone|options|acl|logging|view|include|key)[ \t]+[\"{].*", Pattern.DOTALL);

  private ForeignFile() {}

  /**
   * The fault of a file as a whole, if it is no master file.
   *
   * @param text its first entry
   */
  static Optional<String> fault(String text) {
    if (ByteOrderMark.isAtStart(text)) {
      return Optional.of(ByteOrderMark.FAULT);
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
