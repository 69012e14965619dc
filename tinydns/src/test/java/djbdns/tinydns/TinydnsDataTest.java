package djbdns.tinydns;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.runtime.Program;
import djbdns.tinydns.zone.Problem;
import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TinydnsDataTest {
  private static final String OLD = "the old database";

  @TempDir private Path directory;
  private Path database;

  @BeforeEach
  void putAnOldDatabase() throws IOException {
    database = directory.resolve("data.cdb");
    Files.writeString(database, OLD);
  }

  private DataDirectory.Result compile(String data, ProblemSink problems) throws IOException {
    Files.writeString(directory.resolve("data"), data);
    return new DataDirectory(directory).compile(problems);
  }

  private void assertOldDatabaseUntouched() throws IOException {
    assertEquals(OLD, Files.readString(database));
    assertFalse(Files.exists(directory.resolve("data.tmp")));
  }

  @Test
  void shouldReportProblemsAndStillCompile() throws IOException {
    List<String> problems = new ArrayList<>();
    DataDirectory.Result result =
        compile("# x\n+a:1.2.3.256\n\n+b:1.2.3.4:x\n", p -> problems.add(p.toString()));
    assertEquals(0, result.exitCode());
    assertEquals(
        List.of(
            "data line 2: bad IP address 1.2.3.256 (taken as 1.2.3.0)",
            "data line 4: bad ttl x (the default is used)"),
        problems);
  }

  @Test
  void shouldLeaveTheOldDatabaseWhenALineIsRefused() throws IOException {
    DataDirectory.Result result = compile("+a:1.2.3.4\nx\n", ProblemSink.NONE);
    assertEquals(111, result.exitCode());
    assertOldDatabaseUntouched();
  }

  @Test
  void shouldSayWhichLineOfTodayIsRefused() throws IOException {
    DataDirectory.Result result = compile("+a:2001_db8__1\n\n:a:CAA:0 issue\n", ProblemSink.NONE);
    assertEquals(111, result.exitCode());
    assertEquals(
        "tinydns-data: fatal: unable to parse data line 3: type CAA: value: missing",
        result.fatalLine());
    assertOldDatabaseUntouched();
  }

  @Test
  void shouldMakeProblemsFatalWhenStrict() throws IOException {
    ProblemSink strict = DataCompilation.problemSink(new Program("tinydns-data"), true);
    DataDirectory.Result result = compile("+a:1.2.3.4\n+b:1.2.3\n", strict);
    assertEquals(111, result.exitCode());
    assertEquals(
        "tinydns-data: fatal: data line 2: bad IP address 1.2.3 (no address record made)",
        result.fatalLine());
    assertOldDatabaseUntouched();
  }

  @Test
  void shouldAcceptGoodDataWhenStrict() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("data"), "+a:1.2.3.4\n");
    Original.Outcome outcome = Original.runOurs(directory, TinydnsData.class, "--strict");
    assertEquals(new Original.Outcome(0, ""), outcome);
    assertEquals(2048 + 8 + 3 + 19 + 16, Files.size(database));
  }

  private void assertRefusedWhenStrict(String fault, String... lines)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve("data"), String.join("\n", lines) + "\n");
    assertEquals(
        new Original.Outcome(111, "tinydns-data: fatal: data line " + fault + "\n"),
        Original.runOurs(directory, TinydnsData.class, "--strict"));
    assertOldDatabaseUntouched();
  }

  @Test
  void shouldRefuseZonesThatNoServerLoadsWhenStrict() throws IOException, InterruptedException {
    String zone = ".a:1.2.3.4:ns.a";
    assertRefusedWhenStrict(
        "4: w.a has another CNAME in line 2", zone, "Cw.a:b", "+x.a:1.2.3.4", "Cw.a:c");
    assertRefusedWhenStrict(
        "3: w.a has another DNAME in line 2", zone, ":w.a:DNAME:b", ":w.a:DNAME:c");
    assertRefusedWhenStrict(
        "3: CNAME of w.a is beside A in line 2", zone, "+w.a:1.2.3.4", "Cw.a:b");
    assertRefusedWhenStrict("1: zone a has no NS", "Za:b:c");
    assertRefusedWhenStrict(
        "1: zone a has no NS for clients at no location", "Za:b:c", "&a::b:::in", "%in:10");
    assertRefusedWhenStrict(
        "2: DS of a belongs into the zone above, which is not here", zone, ":a:DS:1 8 5 00");
    assertRefusedWhenStrict("1: NS of a names ns.a, which has no address", ".a::ns.a", "'ns.a:x");
    assertRefusedWhenStrict("1: NS of a names ns.a, which is a CNAME", ".a::ns.a", "Cns.a:b");
    assertRefusedWhenStrict(
        "1: NS of a names ns.a, which is below the DNAME of a", zone, ":a:DNAME:b");
  }

  /** What tinydns-data warns of, by line. */
  private List<String> problems(String... lines) throws IOException {
    List<Problem> problems = new ArrayList<>();
    DataDirectory.Result result = compile(String.join("\n", lines) + "\n", problems::add);
    assertEquals(0, result.exitCode());
    return problems.stream()
        .sorted(Comparator.comparingLong(Problem::lineNumber))
        .map(Problem::toString)
        .toList();
  }

  @Test
  void shouldWarnOfNamesThatOtherServersRefuse() throws IOException {
    String ds = ":DS:1 8 5 00";
    assertEquals(
        List.of(
            "data line 5: w.a has another CNAME in line 3",
            "data line 7: d.a has another DNAME in line 6",
            "data line 9: CNAME of x.a is beside TXT in line 8",
            "data line 10: CNAME of *.y.a is beside A in line 11",
            "data line 12: DS of a belongs into the zone above, which is not here",
            "data line 14: zone z has no NS",
            "data line 15: TLSA of t.a: no certificate data",
            "data line 17: SOA of a is never served: line 2 has another",
            "data line 20: SOA of u is never served: line 18 has another",
            "data line 22: SOA of v is never served: line 21 has another",
            "data line 23: zone i has no NS for clients at no location"),
        problems(
            "# remark",
            ".a:1.2.3.4:ns.a",
            "Cw.a:b",
            "+u.a:1.2.3.4",
            "Cw.a:c",
            ":d.a:DNAME:b",
            ":d.a:DNAME:c",
            "'x.a:text",
            "Cx.a:b",
            "C*.y.a:b",
            "+*.y.a:1.2.3.4",
            ":a" + ds,
            ":sub.a" + ds,
            "Zz:b:c",
            ":t.a:TLSA:3 1 1",
            ".sub.a::ns.b",
            "Za:b:c:7",
            "Zu:b:c:7",
            "&u::ns.b",
            "Zu:b:c:8",
            "Zv:b:c:8",
            ".v::ns.b",
            "Zi:b:c",
            "&i::b:::in",
            "Zj:b:c::::::::in",
            "&j::b:::in",
            "%in:10"));
  }

  @Test
  void shouldNotWarnOfNamesThatAreRight() throws IOException {
    assertEquals(
        List.of(),
        problems(
            "%in:10",
            "%ex:",
            ".a:1.2.3.4:ns.a",
            ".a:1.2.3.5:ns2.a",
            "Zb:c:d:1",
            "Zb:e:d:1",
            "&b::c.d",
            "Zc:c:d:1:::::::in",
            "Zc:c:d:2",
            "&c::c.d",
            "Cw.a:b:::in",
            "+w.a:1.2.3.4:::ex",
            "Cx.a:b",
            "Cx.a:B",
            ":x.a:NSEC:y.a A",
            "C*.a:b",
            "+a:1.2.3.4"));
  }

  @Test
  void shouldFindTheLineOfAFaultAmongManyLines() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      text.append(i % 100 == 0 ? "#\n".repeat(i / 100) : "")
          .append("+h")
          .append(i)
          .append(":1.2.3.4\n");
      text.append(i % 3 == 0 ? "Cc" + i + ":x\n" : "");
    }
    List<String> before = text.toString().lines().toList();
    int first = before.indexOf("Cc30000:x") + 1;
    text.append("Cc30000:y\n");
    assertEquals(
        List.of(
            "data line %d: c30000 has another CNAME in line %d"
                .formatted(before.size() + 1, first)),
        problems(text.toString().stripTrailing()));
  }

  @Test
  void shouldWarnOnStandardError() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("data"), "\n+a:1.2.3.999\n");
    assertEquals(
        new Original.Outcome(
            0,
            "tinydns-data: warning: data line 2: bad IP address 1.2.3.999 (taken as 1.2.3.231)\n"),
        Original.runOurs(directory, TinydnsData.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nonsense", "operand"})
  void shouldRefuseOtherArguments(String argument) throws IOException, InterruptedException {
    assertEquals(
        new Original.Outcome(100, "tinydns-data: usage: tinydns-data [--strict]\n"),
        Original.runOurs(directory, TinydnsData.class, argument));
    assertOldDatabaseUntouched();
  }

  @Test
  void shouldMakeReadableDatabasesWhateverTheUmask() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("data"), "+a:1.2.3.4\n");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String run = "umask 077; exec \"$0\" -cp \"$1\" " + TinydnsData.class.getName();
    List<String> command = List.of("sh", "-c", run, java, System.getProperty("java.class.path"));
    assertEquals(new Original.Outcome(0, ""), Original.run(directory, command));
    assertEquals(fromString("rw-r--r--"), Files.getPosixFilePermissions(database));
  }

  @Test
  void shouldLeaveTheOldDatabaseWhenTheDiskIsFull() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    assumeTrue(
        new ProcessBuilder(mount).start().waitFor() == 0, "only root can mount a small disk");
    try {
      database = disk.resolve("data.cdb");
      Files.writeString(database, OLD);
      Files.writeString(disk.resolve("data"), "+a:1.2.3.4\n".repeat(2000));
      DataDirectory.Result result = new DataDirectory(disk).compile(ProblemSink.NONE);
      assertEquals(111, result.exitCode());
      assertEquals(
          "tinydns-data: fatal: unable to create data.tmp: out of disk space", result.fatalLine());
      assertEquals(OLD, Files.readString(database));
      assertFalse(Files.exists(disk.resolve("data.tmp")));
    } finally {
      assertEquals(0, new ProcessBuilder("umount", disk.toString()).start().waitFor());
    }
  }

  @Test
  void shouldNotTouchDataTmpWhenThereIsNoData() throws IOException {
    Files.writeString(directory.resolve("data.tmp"), "someone else's");
    DataDirectory.Result result = new DataDirectory(directory).compile(ProblemSink.NONE);
    assertEquals(
        "tinydns-data: fatal: unable to open data: file does not exist", result.fatalLine());
    assertTrue(Files.exists(directory.resolve("data.tmp")));
  }
}
