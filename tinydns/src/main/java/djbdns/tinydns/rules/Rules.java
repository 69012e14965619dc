package djbdns.tinydns.rules;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbCursor;
import djbdns.tinydns.cdb.CdbException;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules in a database that tcprules has made. Immutable; any number of threads may look at the
 * same time, until it is closed.
 */
public final class Rules implements AutoCloseable {
  /**
   * The rule that was found for a client.
   *
   * @param address the rule's own address, such as {@code 10.1.}
   * @param allowed false if it says deny
   * @param assignments {@code VAR=value} in the order of the rule, up to a deny
   */
  record Match(String address, boolean allowed, List<String> assignments) {}

  /** Longer rules fit into no environment; a damaged database may claim any length. */
  private static final int RULE_BYTES = 1 << 20;

  private final Cdb cdb;

  private Rules(Cdb cdb) {
    this.cdb = cdb;
  }

  /**
   * Reads a database.
   *
   * @throws CdbException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static Rules load(Path file) throws IOException {
    return new Rules(Cdb.load(file));
  }

  /**
   * The rule for a client of which only the address is known; a rule that allows it without
   * variables if none matches. An IPv4 address in the form of an IPv6 address is an IPv4 address. A
   * rule of a damaged database that cannot be read denies.
   *
   * @param length 4 or 16
   */
  public Rule find(byte[] address, int length) {
    try {
      return find(RuleAddresses.of(Bytes.of(Arrays.copyOf(address, length))))
          .map(Rules::rule)
          .orElse(Rule.DEFAULT);
    } catch (CdbException _) {
      return Rule.DENY;
    }
  }

  private static Rule rule(Match match) {
    Map<String, String> variables = new HashMap<>();
    for (String assignment : match.assignments()) {
      int equals = assignment.indexOf('=');
      if (equals >= 0) {
        variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
    return new Rule(match.allowed(), variables);
  }

  /** The first of these addresses that has a rule, and the rule. */
  Optional<Match> find(RuleAddresses addresses) throws CdbException {
    CdbCursor cursor = new CdbCursor();
    cursor.use(cdb);
    Optional<String> address = addresses.inOrder().filter(key -> isFound(cursor, key)).findFirst();
    return address.isEmpty() ? Optional.empty() : Optional.of(match(address.get(), data(cursor)));
  }

  private static boolean isFound(CdbCursor cursor, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    cursor.find(bytes, 0, bytes.length);
    return cursor.next();
  }

  private String data(CdbCursor cursor) throws CdbException {
    int length = cursor.dataLength();
    if (length < 0 || length > RULE_BYTES) {
      throw new CdbException("rule of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] data = new byte[length];
    cdb.copy(cursor.data(), data, 0, length);
    return new String(data, StandardCharsets.ISO_8859_1);
  }

  /** Instructions end with zero bytes; what none ends, and what starts otherwise, means nothing. */
  private static Match match(String address, String data) {
    List<String> assignments = new ArrayList<>();
    int start = 0;
    for (int end = data.indexOf('\0'); end >= 0; end = data.indexOf('\0', start)) {
      if (data.startsWith("D", start)) {
        return new Match(address, false, assignments);
      }
      if (data.startsWith("+", start)) {
        assignments.add(data.substring(start + 1, end));
      }
      start = end + 1;
    }
    return new Match(address, true, assignments);
  }

  /** Gives the memory back. No thread may be looking. */
  @Override
  public void close() {
    cdb.close();
  }
}
