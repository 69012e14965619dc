package djbdns.tinydns.rules;

import djbdns.tinydns.cdb.RecordSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns lines of rules into database records, the same ones as tcprules.c for every line that it
 * takes. A line is {@code address:deny} or {@code address:allow}, then {@code ,VAR="value"} any
 * number of times. The record's key is the address; its data are {@code D} for deny and {@code
 * +VAR=value} for each variable, with a zero byte behind each. Strings here have a character for
 * each byte. One thread.
 */
public final class RuleCompiler {
  private static final String ALLOW = "allow";
  private static final String DENY = "deny";

  private final RecordSink records;

  public RuleCompiler(RecordSink records) {
    this.records = records;
  }

  /**
   * Takes the next line, which may end with its newline.
   *
   * @return what is strange about a line that is taken, if anything is
   * @throws RuleException if tcprules would refuse it, and it is not a rule for IPv6 either
   */
  public Optional<String> compile(byte[] bytes, int start, int end)
      throws RuleException, IOException {
    if (start == end || bytes[start] == '#' || bytes[start] == '\n') {
      return Optional.empty();
    }
    String line = text(bytes, start, end);
    int colon = line.indexOf(':');
    if (colon < 0) {
      return line.isEmpty() ? Optional.empty() : Optional.of("no colon: line ignored");
    }
    if (startsInstructions(line, colon + 1)) {
      return compileOriginal(line.substring(0, colon), instructions(line, colon + 1));
    }
    int next = endOfIpv6(line, colon);
    String key = Ipv6Address.key(line.substring(0, next));
    add(key, instructions(line, next + 1));
    return Optional.empty();
  }

  /** The line without blanks at its end, as it is quoted in an error message. */
  public static String text(byte[] bytes, int start, int end) {
    int stop = end;
    while (stop > start
        && (bytes[stop - 1] == '\n' || bytes[stop - 1] == ' ' || bytes[stop - 1] == '\t')) {
      stop--;
    }
    return new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
  }

  private static boolean startsInstructions(String line, int at) {
    return line.startsWith(ALLOW, at) || line.startsWith(DENY, at);
  }

  /** The first colon that instructions follow: an IPv6 address has colons of its own. */
  private static int endOfIpv6(String line, int firstColon) throws RuleException {
    for (int at = firstColon; at >= 0; at = line.indexOf(':', at + 1)) {
      if (startsInstructions(line, at + 1)) {
        return at;
      }
    }
    throw new RuleException("instructions must start with allow or deny");
  }

  private static String instructions(String line, int start) throws RuleException {
    StringBuilder data = new StringBuilder(line.startsWith(DENY, start) ? "D\0" : "");
    int at = start + (data.isEmpty() ? ALLOW : DENY).length();
    while (at < line.length()) {
      if (line.charAt(at) != ',') {
        throw new RuleException("a comma must stand between instructions");
      }
      int equals = line.indexOf('=', at);
      if (equals < 0) {
        throw new RuleException("a variable without =");
      }
      if (equals + 1 == line.length()) {
        throw new RuleException("a variable without a quoted value");
      }
      int close = line.indexOf(line.charAt(equals + 1), equals + 2);
      if (close < 0) {
        throw new RuleException("a quoted value that does not end");
      }
      data.append('+').append(line, at + 1, equals + 1);
      data.append(line, equals + 2, close).append('\0');
      at = close + 1;
    }
    return data.toString();
  }

  private Optional<String> compileOriginal(String address, String data)
      throws RuleException, IOException {
    int dash = address.indexOf('-');
    if (dash >= 0 && address.indexOf('=') < 0 && address.indexOf('@') < 0) {
      return compileRange(address, dash, data);
    }
    add(address, data);
    return Ipv4Block.problem(address);
  }

  /** {@code 1.2.3.37-53} stands for a rule for each number; numbers above 255 are left out. */
  private Optional<String> compileRange(String address, int dash, String data)
      throws RuleException, IOException {
    int left = address.lastIndexOf('.', dash) + 1;
    int dot = address.indexOf('.', dash);
    int right = dot < 0 ? address.length() : dot;
    long bottom = number(address.substring(left, dash));
    long top = number(address.substring(dash + 1, right));
    if (Long.compareUnsigned(top, 255) > 0) {
      top = 255;
    }
    if (Long.compareUnsigned(bottom, top) > 0) {
      return Optional.of("a range without numbers: line ignored");
    }
    for (long i = bottom; i <= top; i++) {
      add(address.substring(0, left) + i + address.substring(right), data);
    }
    return Optional.empty();
  }

  /** Decimal digits, perhaps none, modulo 2^64; like a C string, they end at a zero byte. */
  private static long number(String text) throws RuleException {
    int zero = text.indexOf('\0');
    long value = 0;
    for (int i = 0; i < (zero < 0 ? text.length() : zero); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new RuleException("a range must be between two numbers");
      }
      value = 10 * value + digit;
    }
    return value;
  }

  private void add(String key, String data) throws IOException {
    byte[] keyBytes = key.getBytes(StandardCharsets.ISO_8859_1);
    byte[] dataBytes = data.getBytes(StandardCharsets.ISO_8859_1);
    records.add(keyBytes, keyBytes.length, dataBytes, dataBytes.length);
  }
}
