package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.ProblemSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinydnsExportTest {
  private static final List<String> ZONE =
      List.of(
          "Zexample.org:a.example.net:host.example.org:1:2:3:4:5:60",
          "&example.org::a.example.net:60");

  @TempDir private Path directory;

  private void compile(String... lines) throws IOException {
    String data = String.join("\n", ZONE) + "\n" + String.join("\n", lines) + "\n";
    Files.writeString(directory.resolve("data"), data, StandardCharsets.ISO_8859_1);
    new DataBuild(new Program("tinydns-data"), ProblemSink.NONE, directory, InstantSource.system())
        .run();
  }

  private List<String> export(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TinydnsExport.run(new Program("tinydns-export"), args, directory, out);
    return out.toString(StandardCharsets.ISO_8859_1).replace('\t', ' ').lines().toList();
  }

  /** The lines behind those of the zone itself. */
  private List<String> more(String... args) {
    List<String> lines = export(args);
    assertEquals(
        List.of(
            "example.org. 60 IN SOA a.example.net. host.example.org. 1 2 3 4 5",
            "example.org. 60 IN NS a.example.net."),
        lines.subList(0, 2));
    return lines.subList(2, lines.size());
  }

  @Test
  void shouldRefuseUnknownOptions() throws IOException {
    compile();
    for (String option : List.of("-x", "--bogus")) {
      Fatal fatal = assertThrows(Fatal.class, () -> export(option));
      assertEquals("tinydns-export: usage: tinydns-export [zone [ip]]", fatal.getMessage());
      assertEquals(100, fatal.exitCode());
    }
  }

  @Test
  void shouldPrintAnyRecordWhole() throws IOException {
    compile(
        "+*.example.org:192.0.2.1:60",
        "'t.example.org:a\\042b\\012:60",
        ":u.example.org:65280:\\001\\002:60",
        "+x\\056y.example.org:192.0.2.1:60");
    assertEquals(
        List.of(
            "*.example.org. 60 IN A 192.0.2.1",
            "t.example.org. 60 IN TXT \"a\\\"b\\010\"",
            "u.example.org. 60 IN TYPE65280 \\# 2 0102",
            "x\\.y.example.org. 60 IN A 192.0.2.1"),
        more("example.org"));
  }

  @Test
  void shouldPrintDelegationsWithGlueAlone() throws IOException {
    compile(
        "&sub.example.org:192.0.2.1:ns.sub.example.org:60",
        "+x.sub.example.org:192.0.2.2:60",
        "+example.net:192.0.2.3:60");
    assertEquals(
        List.of(
            "sub.example.org. 60 IN NS ns.sub.example.org.",
            "ns.sub.example.org. 60 IN A 192.0.2.1"),
        more("example.org"));
  }

  @Test
  void shouldPrintWhatTheClientSees() throws IOException {
    compile(
        "%in:10",
        "+x.example.org:10.0.0.1:60::in",
        "+x.example.org:192.0.2.1:60",
        "+old.example.org:192.0.2.1:0:4000000000000000",
        "+new.example.org:192.0.2.1:60:7000000000000000");
    List<String> warnings =
        warningsOf(() -> {
          assertEquals(List.of("x.example.org. 60 IN A 192.0.2.1"), more("example.org"));
          assertEquals(
              List.of("x.example.org. 60 IN A 10.0.0.1", "x.example.org. 60 IN A 192.0.2.1"),
              more("example.org", "10.1.2.3"));
        });
    String warning =
        "tinydns-export: warning: %s of example.org left out: of another location or another time";
    assertEquals(List.of(warning.formatted("3 records"), warning.formatted("2 records")), warnings);
  }

  /** What is printed on standard error. */
  private static List<String> warningsOf(Runnable export) {
    PrintStream err = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      export.run();
    } finally {
      System.setErr(err);
    }
    // The fuzzer's agent may print there as well.
    return warnings
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("tinydns-export: "))
        .toList();
  }

  @Test
  void shouldWarnOfRecordsThatNoServerLoads() throws IOException {
    compile(
        ":t.example.org:16:x:60",
        "Cc.example.org:a.example.net:60",
        "Cc.example.org:b.example.net:60",
        "Cc.example.org:B.example.net:60",
        ":d.example.org:DNAME:a.example.net:60",
        ":d.example.org:DNAME:b.example.net:60",
        "Cm.example.org:a.example.net:60",
        "+m.example.org:192.0.2.1:60",
        "+*.example.org:192.0.2.1:60",
        "&*.example.org::a.example.net:60");
    String warning = "tinydns-export: warning: other servers refuse the zone: ";
    assertEquals(
        List.of(
            warning + "TXT of t.example.org: malformed data",
            warning + "c.example.org has more than one CNAME",
            warning + "d.example.org has more than one DNAME",
            warning + "m.example.org has CNAME and other data",
            warning + "NS of *.example.org: a wildcard cannot be delegated"),
        warningsOf(() -> more("example.org")));
  }

  @Test
  void shouldNotWarnOfRecordsThatAnotherLocationHas() throws IOException {
    compile(
        "%in:10",
        "%ex:", "Cc.example.org:a.example.net:60::in", "Cc.example.org:b.example.net:60::ex");
    assertEquals(
        List.of(
            "tinydns-export: warning: 1 record of example.org left out: of another location or"
                + " another time"),
        warningsOf(() -> more("example.org")));
  }

  @Test
  void shouldWarnOfOccludedRecords() throws IOException {
    compile(
        "&sub.example.org::ns.example.net:60",
        "+host.sub.example.org:192.0.2.9:60",
        "'sub.example.org:occluded as well:60",
        ":d.example.org:DNAME:example.net:60",
        "+*.x.d.example.org:192.0.2.10:60");
    List<String> warnings =
        warningsOf(() ->
            assertEquals(
                List.of(
                    "sub.example.org. 60 IN NS ns.example.net.",
                    "d.example.org. 60 IN DNAME example.net."),
                more("example.org")));
    assertEquals(
        List.of(
            "tinydns-export: warning: 3 records of example.org left out:"
                + " below a delegation or a DNAME, the first at host.sub.example.org"),
        warnings);
  }

  /**
   * Glue is there, a zone of its own is exported by its own name, DS at an apex is the parent's.
   */
  @Test
  void shouldNotWarnOfRecordsThatAreElsewhere() throws IOException {
    compile(
        "&sub.example.org:192.0.2.1:ns.sub.example.org:60",
        ".own.example.org:192.0.2.2:a:60",
        "+*.www.own.example.org:192.0.2.3:60",
        ":d.example.org:DNAME:example.net:60",
        ".own.d.example.org:192.0.2.4:a:60",
        ":example.org:DS:1 8 2 " + "00".repeat(32) + ":60",
        "Zexample.org:second.:second.:1:2:3:4:5:60");
    assertEquals(List.of(), warningsOf(() -> export("example.org")));
  }

  @Test
  void shouldListZones() throws IOException {
    compile(".example.net:192.0.2.1:a", "&example.com:192.0.2.1:a");
    assertEquals(List.of("example.org.", "example.net."), export());
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    assertFatal(111, "fatal: unable to open data.cdb: file does not exist", "example.org");
    compile();
    assertFatal(111, "fatal: unable to find zone x in data.cdb", "x");
    assertFatal(100, "fatal: unable to parse IP address 192.0.2.300", "x", "192.0.2.300");
    assertFatal(100, "usage: tinydns-export [zone [ip]]", "x", "::1", "y");
    assertFatal(100, "fatal: unable to parse example..test: empty label", "example..test");
    String label = "l".repeat(64);
    assertFatal(100, "fatal: unable to parse " + label + ": label longer than 63 bytes", label);
  }

  private void assertFatal(int exitCode, String message, String... args) {
    Fatal fatal = assertThrows(Fatal.class, () -> export(args));
    assertEquals("tinydns-export: " + message, fatal.getMessage());
    assertEquals(exitCode, fatal.exitCode());
  }
}
