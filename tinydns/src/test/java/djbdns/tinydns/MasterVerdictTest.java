package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.wire.Name;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Random master files, right and broken. What BIND and NSD both load, tinydns-import takes; what
 * they both refuse, it refuses. {@code -Ddjbdns.files=N} takes N files, of {@code -Ddjbdns.seed}.
 */
@ResourceLock(Resources.SYSTEM_ERR)
final class MasterVerdictTest {
  private static final int FILES = Integer.getInteger("djbdns.files", 2000);
  private static final long SEED = Long.getLong("djbdns.seed", 20261130);

  /** Files that one run of BIND reads. */
  private static final int BATCH = 500;

  private static final int SHOWN = 20;

  private static final Path BIND = Path.of("/usr/bin/named-checkconf");
  private static final Path NSD = Path.of("/usr/sbin/nsd-checkzone");

  /** BIND looks at the form of a zone, not at its sense, of which NSD knows less. */
  private static final String OPTIONS =
      """
      options {
        check-names primary ignore; check-integrity no; check-mx ignore; check-mx-cname ignore;
        check-srv-cname ignore; check-dup-records ignore; check-sibling no; check-spf ignore;
        check-wildcard no;
      };
      """;

  private static final List<String> UNKNOWN_TO_NSD =
      List.of(
          "A6",
          "AMTRELAY",
          "ATMA",
          "BRID",
          "DOA",
          "DSYNC",
          "EID",
          "GPOS",
          "HHIT",
          "HIP",
          "NIMLOC",
          "NINFO",
          "NSAP-PTR",
          "RESINFO",
          "RKEY",
          "SINK",
          "TA",
          "TALINK",
          "WALLET");

  /** What BIND refuses and NSD does not, whatever else it refuses. */
  private static final Pattern BIND_ALONE =
      Pattern.compile("has no address records|CDS/CDNSKEY consistency|does not end with newline");

  private static final Pattern NSD_COMPLAINT =
      Pattern.compile("^[^ ]*:([0-9]+): (.*)$", Pattern.MULTILINE);

  /** What NSD refuses and BIND does not. */
  private static final Pattern NSD_ALONE =
      Pattern.compile(
          "requires absolute domain name|out of zone data|nested parentheses"
              + "|unrecognized RR type '(?i:"
              + String.join("|", UNKNOWN_TO_NSD)
              + ")'");

  @TempDir private Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final MasterFileGenerator generator = new MasterFileGenerator(random.split(), false);
  private final MasterFileDamage damage = new MasterFileDamage(random.split());
  private final List<String> differences = new ArrayList<>();
  private int taken;
  private int refused;
  private int askedNsd;

  @Test
  void shouldTakeAndRefuseWhatBindAndNsdDo() throws Exception {
    BindTools.assumeInstalled(BIND, "bind9-utils");
    BindTools.assumeInstalled(NSD, "nsd");
    for (int i = 0; i < FILES; i += BATCH) {
      check(Math.min(BATCH, FILES - i));
    }
    System.out.println(
        FILES
            + " files: "
            + taken
            + " taken, "
            + refused
            + " refused, other than BIND "
            + askedNsd);
    assertEquals(
        "", String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size()))));
    assertTrue(taken > FILES / 5, taken + " files were taken");
    assertTrue(refused > FILES / 5, refused + " files were refused");
  }

  private static String zone(int i) {
    // As long as the generator's, whose files can then be those of any zone.
    return "e%06d.org".formatted(i);
  }

  private Path file(int i) {
    return directory.resolve(zone(i));
  }

  private void check(int files) throws Exception {
    for (int i = 0; i < files; i++) {
      String text = generator.next();
      text = random.nextInt(4) == 0 ? text : damage.apply(text);
      text = text.replace(MasterFileGenerator.ZONE, zone(i));
      Files.writeString(file(i), text, StandardCharsets.ISO_8859_1);
    }
    List<String> complaints = bind(files);
    for (int i = 0; i < files; i++) {
      compare(i, complaints.get(i));
    }
  }

  private void compare(int i, String bind) throws Exception {
    String ours = ours(i);
    boolean isTaken = ours.isEmpty();
    taken += isTaken ? 1 : 0;
    refused += isTaken ? 0 : 1;
    if (isTaken == bind.isEmpty() || BIND_ALONE.matcher(bind).find()) {
      return;
    }
    askedNsd++;
    String nsd = nsd(i);
    if (isTaken ? isRefusedByNsd(nsd) : nsd.isEmpty()) {
      String file = Files.readString(file(i), StandardCharsets.ISO_8859_1);
      differences.add(String.join("\n", "ours: " + ours, "BIND: " + bind, "NSD: " + nsd, file));
    }
  }

  /** What BIND says of each zone that it refuses; nothing of those it loads. */
  private List<String> bind(int files) throws Exception {
    StringBuilder configuration = new StringBuilder(OPTIONS);
    for (int i = 0; i < files; i++) {
      configuration.append(
          "zone \"%s\" { type primary; file \"%s\"; };\n".formatted(zone(i), file(i)));
    }
    Path file = Files.writeString(directory.resolve("named.conf"), configuration);
    Path output = directory.resolve("output");
    int exitCode =
        new ProcessBuilder(BIND.toString(), "-z", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertTrue(exitCode == 0 || exitCode == 1, "named-checkconf: " + exitCode);
    List<String> complaints = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(output, StandardCharsets.ISO_8859_1)) {
      lines.append(line).append('\n');
      if (line.endsWith("/IN: not loaded due to errors.")) {
        complaints.add(lines.toString());
        lines.setLength(0);
      } else if (line.contains("/IN: loaded serial ")) {
        complaints.add("");
        lines.setLength(0);
      }
    }
    assertEquals(files, complaints.size());
    return complaints;
  }

  /** What NSD says of a zone that it refuses; nothing of one that it loads. */
  private String nsd(int i) throws Exception {
    List<String> command = List.of(NSD.toString(), zone(i), file(i).toString());
    Original.Outcome outcome = Original.run(directory, command);
    return outcome.exitCode() == 0 ? "" : outcome.stderr();
  }

  /** True if it complains of a line, and not only of what NSD alone does not know. */
  private static boolean isRefusedByNsd(String complaints) {
    Map<String, Boolean> lines = new HashMap<>();
    Matcher matcher = NSD_COMPLAINT.matcher(complaints);
    while (matcher.find()) {
      lines.merge(
          matcher.group(1), !NSD_ALONE.matcher(matcher.group(2)).find(), Boolean::logicalAnd);
    }
    return lines.containsValue(true);
  }

  /** Why it is refused, or nothing. */
  private String ours(int i) throws Exception {
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      new ZoneImport(new Program("tinydns-import"), Name.parse(zone(i)), file(i).toString(), SEED)
          .print(OutputStream.nullOutputStream());
      return "";
    } catch (Fatal e) {
      return e.getMessage();
    } finally {
      System.setErr(err);
    }
  }
}
