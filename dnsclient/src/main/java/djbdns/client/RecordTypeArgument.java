package djbdns.client;

import djbdns.wire.RecordType;
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
}
