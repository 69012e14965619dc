package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TinydnsImportTest {
  private static final String SOA = "@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\n";
  private static final String SOA_LINE =
      "Zexample.org:ns.example.org.:host.example.org.:1:2:3:4:5:60\n&example.org::ns.example.org.:60\n";

  @TempDir private Path directory;

  private ZoneImport importOf(String text) throws Exception {
    Path file = directory.resolve("zone");
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    return new ZoneImport(
        new Program("tinydns-import"), Name.parse("example.org"), file.toString(), 1);
  }

  private String print(String text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    importOf(text).print(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private void assertFatal(String message, String text) {
    Fatal fatal = assertThrows(Fatal.class, () -> print(text));
    assertEquals(
        "tinydns-import: fatal: " + message,
        fatal.getMessage().replace(directory.toString() + "/", ""));
    assertEquals(111, fatal.exitCode());
  }

  @Test
  void shouldPrintLines() throws Exception {
    assertEquals(SOA_LINE + "+www.example.org:192.0.2.1:60\n", print(SOA + "www 60 A 192.0.2.1\n"));
  }

  @Test
  void shouldFindIncludedFilesBesideTheFile() throws Exception {
    Files.createDirectory(directory.resolve("parts"));
    Files.writeString(directory.resolve("parts/a"), "a 60 A 192.0.2.1\n$INCLUDE b\n");
    Files.writeString(directory.resolve("parts/b"), "b 60 A 192.0.2.2\n");
    assertEquals(
        SOA_LINE + "+a.example.org:192.0.2.1:60\n+b.example.org:192.0.2.2:60\n",
        print(SOA + "$INCLUDE parts/a\n"));
  }

  @Test
  void shouldSayWhatIsWrongAndWhere() throws Exception {
    assertFatal("zone:3: A: address: not an IPv4 address: x; CNAME has names", SOA + "x 60 A x\n");
    assertFatal("zone: no SOA of example.org", "x 60 A 192.0.2.1\n");
    assertFatal("zone:3: unable to open gone: file does not exist", SOA + "$INCLUDE gone\n");
    assertFatal("zone:3: file includes itself: ./zone", SOA + "$INCLUDE ./zone\n");
    Files.createDirectory(directory.resolve("dir"));
    assertFatal("zone:3: unable to open dir: is a directory", SOA + "$INCLUDE dir\n");
  }

  @Test
  void shouldKnowFilesThatAreNoMasterFiles() {
    assertFatal(
        "zone:1: looks like BIND's raw format: named-compilezone -f raw -F text makes text of it",
        "\0\0\0\2\0\0\0\1\"(\n");
    assertFatal(
        "zone:2: looks like data of tinydns-data, which is no master file",
        "\n.example.org:192.0.2.1:a\n+www.example.org:192.0.2.1\n");
    assertFatal(
        "zone:1: looks like named.conf: its zone statements name the master files",
        "zone \"example.org\" {\n  type primary;\n};\n");
  }

  @Test
  void shouldSayWhichTypeHasSuchData() {
    assertFatal(
        "zone:3: A: address: not an IPv4 address: 2001:db8::1; AAAA has IPv6 addresses",
        SOA + "x 60 A 2001:db8::1\n");
    assertFatal(
        "zone:3: A: address: not an IPv4 address: www.example.org.; CNAME has names",
        SOA + "x 60 A www.example.org.\n");
  }

  @Test
  void shouldReportEveryError() throws Exception {
    assertFatal(
        """
        zone:3: A: address: not an IPv4 address: x; CNAME has names
        tinydns-import: fatal: zone:4: unable to open gone: file does not exist
        tinydns-import: fatal: zone:6: w.example.org has CNAME and other data\
        """,
        SOA + "x 60 A x\n$INCLUDE gone\nw 60 A 192.0.2.1\nw 60 CNAME a\n");
  }

  @Test
  void shouldSayThatThereAreMoreErrors() throws Exception {
    Fatal fatal = assertThrows(Fatal.class, () -> print("x 60 A x\n".repeat(21)));
    List<String> lines = fatal.getMessage().lines().toList();
    assertEquals(21, lines.size());
    assertEquals("tinydns-import: fatal: ... and more", lines.getLast());
    assertFalse(
        assertThrows(Fatal.class, () -> print("x 60 A x\n".repeat(20)))
            .getMessage()
            .contains("more"));
  }

  @Test
  void shouldSayThatTheFileIsMissing() throws Exception {
    ZoneImport run = importOf(SOA);
    Files.delete(directory.resolve("zone"));
    Fatal fatal = assertThrows(Fatal.class, () -> run.print(new ByteArrayOutputStream()));
    assertEquals(
        "tinydns-import: fatal: unable to open "
            + directory.resolve("zone")
            + ": file does not exist",
        fatal.getMessage());
  }

  @Test
  void shouldReplaceTheTargetWhenAllIsWell() throws Exception {
    Path target = directory.resolve("fn");
    Files.writeString(target, "old\n");
    importOf(SOA).write(target, directory.resolve("fn.tmp"));
    assertEquals(SOA_LINE, Files.readString(target));
    assertFalse(Files.exists(directory.resolve("fn.tmp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x 60 A 192.0.2.1\n", SOA + "x 60 A x\n"})
  void shouldLeaveTheTargetAloneWhenSomethingIsWrong(String text) throws Exception {
    Path target = directory.resolve("fn");
    Files.writeString(target, "old\n");
    ZoneImport run = importOf(text);
    assertThrows(Fatal.class, () -> run.write(target, directory.resolve("fn.tmp")));
    assertEquals("old\n", Files.readString(target));
    assertFalse(Files.exists(directory.resolve("fn.tmp")));
  }

  @Test
  void shouldNotEmptyItsOwnInput() throws Exception {
    ZoneImport run = importOf(SOA);
    Path file = directory.resolve("zone");
    assertThrows(Fatal.class, () -> run.write(directory.resolve("fn"), file));
    assertThrows(Fatal.class, () -> run.write(file, directory.resolve("fn.tmp")));
    assertEquals(SOA, Files.readString(file));
    assertFalse(Files.exists(directory.resolve("fn.tmp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fn", "fn.tmp"})
  void shouldNotWriteToAFileThatIsIncluded(String included) throws Exception {
    Path file = Files.writeString(directory.resolve(included), "x 60 A 192.0.2.1\n");
    ZoneImport run = importOf(SOA + "$INCLUDE " + included + "\n");
    Fatal fatal =
        assertThrows(
            Fatal.class, () -> run.write(directory.resolve("fn"), directory.resolve("fn.tmp")));
    assertTrue(fatal.getMessage().endsWith("it is to be written"), fatal.getMessage());
    assertEquals("x 60 A 192.0.2.1\n", Files.readString(file));
  }

  @Test
  void shouldNotTakeTheTargetForTheTemporaryFile() throws Exception {
    ZoneImport run = importOf(SOA + "x 60 A x\n");
    Path fn = directory.resolve("fn");
    assertThrows(Fatal.class, () -> run.write(fn, directory.resolve("./fn")));
    assertFalse(Files.exists(fn));
    Files.writeString(fn, "old\n");
    assertThrows(Fatal.class, () -> run.write(fn, fn));
    assertEquals("old\n", Files.readString(fn));
  }

  @Test
  void shouldSayWhatIsWrongInOneLineOfVisibleCharacters() throws Exception {
    assertFatal("zone:3: unknown type: \\033[31m\\001", SOA + "x 60 \u001b[31m\u0001 a\n");
  }

  @Test
  void shouldSayThatTheOutputCannotBeWritten() throws Exception {
    ZoneImport run = importOf(SOA);
    Fatal fatal =
        assertThrows(
            Fatal.class,
            () ->
                run.print(
                    new ByteArrayOutputStream() {
                      @Override
                      public void flush() throws IOException {
                        throw new IOException("No space left on device");
                      }
                    }));
    assertEquals(
        "tinydns-import: fatal: unable to write output: out of disk space", fatal.getMessage());
  }
}
