package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.RdataRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The substitutions of NAPTR records are those that BIND takes. */
class NaptrRegexpDifferentialTest {
  private static final long SEED = Long.getLong("djbdns.seed", 20261130);
  private static final int REGEXPS = 1000 * Integer.getInteger("djbdns.rounds", 6);
  private static final String HEAD = "$TTL 1\n@ SOA a b 1 2 3 4 5\n@ NS ns.example.\n";
  private static final int HEAD_LINES = 3;
  private static final RecordType NAPTR = RecordType.parse("NAPTR").orElseThrow();

  private static final String CHARACTERS = "abab$^*+?{},[]-:.=()|\\0123";

  private static final List<String> PIECES =
      List.of(
          "[:alpha:]",
          "[:digi:]",
          "[.a.]",
          "[.ab.]",
          "[=b=]",
          "[a-b]",
          "[^",
          "(a)",
          "a{1,3}",
          "{2,1}",
          "{25",
          "{1,255}",
          "a*",
          "\\!",
          "\\1",
          "[.",
          ".]",
          "[=",
          "=]",
          "[:",
          ":]",
          "\u00e9");

  private static final List<String> MEMBERS =
      List.of(
          "a",
          "b",
          "0",
          "-",
          "-",
          "-",
          "[.",
          ".]",
          "[.a.]",
          "[.b.]",
          "[.ab.]",
          "[=a=]",
          "[:alpha:]",
          "[",
          "]",
          "\\!",
          "^",
          "[=",
          "=]",
          "\u00e9");

  /**
   * Ranges that begin or end with a bracket or begin with a class. BIND compares them with whatever
   * range came before, and ours takes none of which BIND might think ill. Nor does ours take a byte
   * above 127 for a negative number, as BIND does in a collating symbol.
   */
  private static final Pattern ODD_RANGE = Pattern.compile("\\[-|-\\[(?![.:=])|[:=]]-|\u00e9\\.]-");

  private static final Pattern REFUSED_LINE = Pattern.compile("fromtext: file:([0-9]+): ");

  @TempDir private Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void shouldTakeTheRegexpsThatBindTakes() throws Exception {
    BindTools.assumeInstalled();
    List<String> regexps = Stream.generate(this::regexp).limit(REGEXPS).toList();
    Set<Integer> refused = refusedByBind(regexps);
    List<String> differences = new ArrayList<>();
    int stricter = 0;
    for (int i = 0; i < regexps.size(); i++) {
      String regexp = regexps.get(i);
      boolean isTakenByBind = !refused.contains(i);
      if (isTaken(regexp) == isTakenByBind) {
        continue;
      }
      if (isTakenByBind && ODD_RANGE.matcher(regexp).find()) {
        stricter++;
      } else {
        differences.add(regexp + "  BIND takes it: " + isTakenByBind);
      }
    }
    assertEquals("", String.join("\n", differences));
    int taken = REGEXPS - refused.size();
    assertTrue(
        Math.min(taken, refused.size()) > REGEXPS / 10 && stricter < REGEXPS / 100,
        taken + " of " + REGEXPS + " were taken, " + stricter + " by BIND alone");
  }

  /** The places of those that BIND refuses. */
  private Set<Integer> refusedByBind(List<String> regexps) throws Exception {
    StringBuilder zone = new StringBuilder(HEAD);
    for (int i = 0; i < regexps.size(); i++) {
      zone.append('r').append(i).append(" NAPTR ").append(data(regexps.get(i))).append('\n');
    }
    Path file = directory.resolve("file");
    Files.writeString(file, zone, StandardCharsets.US_ASCII);
    // Only if the zone is to go to the standard output do complaints go elsewhere.
    String complaints = BindTools.compile(file, "example.org", Path.of("-")).stderr();
    Set<Integer> refused = new HashSet<>();
    Matcher line = REFUSED_LINE.matcher(complaints);
    while (line.find()) {
      refused.add(Integer.parseInt(line.group(1)) - HEAD_LINES - 1);
    }
    return refused;
  }

  private static boolean isTaken(String regexp) throws MalformedTextException {
    Rdata rdata = Rdata.parse(NAPTR, data(regexp), Name.ROOT);
    return RdataRules.fault(NAPTR, rdata.toWire()).isEmpty();
  }

  /**
   * Each character as a number: BIND reads a text that it has refused once more, without regard to
   * quotes, and a parenthesis in it would hide the lines that follow.
   */
  private static String data(String regexp) {
    return regexp
        .chars()
        .mapToObj(c -> String.format("\\%03d", c))
        .collect(Collectors.joining("", "1 1 \"u\" \"x\" \"", "\" ."));
  }

  private String regexp() {
    String delimiter = random.nextInt(10) > 0 ? "!" : one(":", ".", "=", "-", "[", "$", "a", "}");
    String replacement = one("", "a", "a", "\\1", "\\2", "\\0", "\\!", "\\a", character());
    String flags = one("", "", "", "i", "a", "ii");
    String whole = delimiter + expression() + delimiter + replacement + delimiter + flags;
    return random.nextInt(50) == 0 ? whole.substring(0, random.nextInt(whole.length())) : whole;
  }

  private String expression() {
    return switch (random.nextInt(3)) {
      case 0 -> some(1, 9, this::character);
      case 1 -> some(1, 8, () -> random.nextBoolean() ? oneOf(PIECES) : character());
      default -> one("", "a") + set() + (random.nextInt(4) == 0 ? set() : one("", "*", "a"));
    };
  }

  private String set() {
    return "[" + one("", "^") + some(0, 6, () -> oneOf(MEMBERS)) + "]";
  }

  private String some(int least, int most, Supplier<String> part) {
    return Stream.generate(part)
        .limit(random.nextInt(least, most + 1))
        .collect(Collectors.joining());
  }

  private String character() {
    return String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
  }

  private String one(String... choices) {
    return oneOf(List.of(choices));
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
