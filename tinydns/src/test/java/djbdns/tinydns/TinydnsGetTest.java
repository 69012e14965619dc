package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tinydns-get alone, and beside the original on the same data. */
final class TinydnsGetTest {
  private static final Path ORIGINAL = Path.of("/usr/bin/tinydns-get");
  private static final List<String> TYPES =
      List.of("a", "NS", "mx", "any", "soa", "cname", "ptr", "txt", "28", "33", "axfr", "99", "");

  @TempDir Path directory;

  private final Program program = new Program("tinydns-get");

  @BeforeEach
  void compile() throws IOException {
    // At most one address a name, so that nothing is left to chance.
    Files.writeString(
        directory.resolve("data"),
        """
        %in:127.1
        .example.test:192.0.2.53:a
        &sub.example.test:192.0.2.7:ns
        +www.example.test:192.0.2.1:::in
        @example.test:192.0.2.2:mail
        'www.example.test:hello world \\000
        Calias.example.test:www.example.test
        ^1.2.0.192.in-addr.arpa:www.example.test
        +*.wild.example.test:192.0.2.3
        :www.example.test:99:\\001\\177
        +a.b.c.example.test:192.0.2.4
        %v6:2001_db8__/32
        +six.example.test:2001_db8__1:::v6
        """);
    new DataBuild(program, DataCompilation.problemSink(program, true), directory).run();
  }

  private String ours(boolean compat, String... args) {
    return TinydnsGet.output(program, args, directory, compat);
  }

  @Test
  void shouldPrintWhatTinydnsAnswers() {
    assertEquals(
        """
        1 x.wild.example.test:
        88 bytes, 1+1+1+1 records, response, authoritative, noerror
        query: 1 x.wild.example.test
        answer: x.wild.example.test 86400 A 192.0.2.3
        authority: example.test 259200 NS a.ns.example.test
        additional: a.ns.example.test 259200 A 192.0.2.53
        """,
        ours(false, "a", "x.wild.example.test"));
  }

  @Test
  void shouldShowTheAnswerOfTheClientsLocation() {
    assertEquals(1, ours(false, "a", "www.example.test", "127.1.2.3").split("answer:").length - 1);
    assertEquals(0, ours(false, "a", "www.example.test", "127.2.2.3").split("answer:").length - 1);
  }

  @Test
  void shouldAnswerAsToAnIpv6Client() {
    for (String client : List.of("2001:db8::9", "2001_db8__9")) {
      String[] args = {"aaaa", "six.example.test", client};
      assertTrue(ours(false, args).contains("answer: six.example.test 86400 28 "));
    }
    assertFalse(ours(false, "aaaa", "six.example.test", "2001:db9::9").contains("answer:"));
  }

  @Test
  void shouldPrintRefusalsWhere105IsSilent() {
    assertEquals(
        "1 example.org:\n29 bytes, 1+0+0+0 records, response, refused\nquery: 1 example.org\n",
        ours(false, "a", "example.org"));
    assertEquals("1 example.org:\n", ours(true, "a", "example.org"));
  }

  @Test
  void shouldSayThatAnArgumentIsNoAddressOrName() {
    for (String client : List.of("127.257.1.1", "127.1.1.1x", "1.2.3", "", "2001:db8::1::")) {
      Fatal fatal = assertThrows(Fatal.class, () -> ours(false, "a", "example.test", client));
      assertEquals("tinydns-get: fatal: unable to parse IP address " + client, fatal.getMessage());
      assertEquals(100, fatal.exitCode());
    }
    Fatal fatal = assertThrows(Fatal.class, () -> ours(false, "a", "www..example.test"));
    assertEquals(
        "tinydns-get: fatal: unable to parse www..example.test: empty label", fatal.getMessage());
    assertEquals(100, fatal.exitCode());
  }

  @Test
  void shouldNameATypeThatThereIsNot() {
    for (List<String> line :
        List.of(
            List.of("bogus", "example.test", "bogus"),
            List.of("example.test", "mx", "example.test (the type comes before the name)"),
            List.of("--tpc", "example.test", "--tpc (see --help)"))) {
      Fatal fatal = assertThrows(Fatal.class, () -> ours(false, line.get(0), line.get(1)));
      assertEquals("tinydns-get: fatal: unknown type: " + line.get(2), fatal.getMessage());
      assertEquals(100, fatal.exitCode());
    }
  }

  @Test
  void shouldFailWithoutData() throws IOException {
    Files.delete(directory.resolve("data.cdb"));
    Fatal fatal = assertThrows(Fatal.class, () -> ours(false, "a", "example.test"));
    assertEquals(
        "tinydns-get: fatal: unable to open data.cdb: file does not exist", fatal.getMessage());
    assertEquals(111, fatal.exitCode());
  }

  @Test
  void shouldPrintTheSameAsTheOriginal() throws Exception {
    assumeTrue(Files.isExecutable(ORIGINAL), "Debian package tinydns is not installed");
    Random random = new Random(5);
    List<String> names =
        List.of(
            "example.test",
            "www.example.test",
            "alias.example.test",
            "x.sub.example.test",
            "1.2.0.192.in-addr.arpa",
            "q.wild.example.test",
            "c.example.test",
            "b.c.example.test",
            "test",
            ".",
            "",
            "WWW.Example.test.",
            "\\052.wild.example.test",
            "x.www.example.test",
            "l".repeat(64),
            "a.".repeat(130),
            "no.example.test");
    List<String> clients = List.of("127.1.0.1", "10.0.0.1", "0.0.0.0", "255.255.255.255");
    for (int i = 0; i < 300; i++) {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      String name = names.get(random.nextInt(names.size()));
      String[] args =
          random.nextBoolean()
              ? new String[] {type, name}
              : new String[] {type, name, clients.get(random.nextInt(clients.size()))};
      assertEquals(original(args), oursOrFatal(args), String.join(" ", args));
    }
  }

  @Test
  void shouldGiveTheSameUsageErrorsAsTheOriginal() throws Exception {
    assumeTrue(Files.isExecutable(ORIGINAL), "Debian package tinydns is not installed");
    for (String[] args : new String[][] {{}, {"a"}, {"b"}, {"a", "b", "1.2.3.4", "x"}}) {
      assertEquals(original(args), oursOrFatal(args), String.join(" ", args));
    }
  }

  /** Standard output or, where there is an error, that and the exit code. */
  private String oursOrFatal(String... args) {
    try {
      return ours(true, args);
    } catch (Fatal e) {
      return e.exitCode() + " " + e.getMessage() + "\n";
    }
  }

  private String original(String... args) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(ORIGINAL.toString());
    builder.command().addAll(List.of(args));
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    int exitCode = process.waitFor();
    return exitCode == 0 ? output : exitCode + " " + output;
  }
}
