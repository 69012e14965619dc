package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of the suite starts, both by its launcher and by its jar. */
final class CommandsIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

  @TempDir private Path empty;

  private Execution run(Map<String, String> environment, String... command) throws Exception {
    return Execution.of(empty, environment, List.of(command));
  }

  private Execution launch(String... command) throws Exception {
    command[0] = Suite.launcher(command[0]).toString();
    return run(Map.of("DJBDNS_JAVA", JAVA.toString(), "PATH", "/usr/bin:/bin"), command);
  }

  private static String[] words(List<String> command, List<String> arguments) {
    return Stream.concat(command.stream(), arguments.stream()).toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("djbdns.tools.Suite#commands")
  void shouldStartTheSameByLauncherAndByJar(String command) throws Exception {
    List<String> arguments =
        switch (command) {
          // It would find a directory and stay.
          case "svscan" -> List.of("missing");
          case "random-ip" -> List.of("1", "192", "0", "2", "1");
          default -> List.of();
        };
    Execution byLauncher = launch(words(List.of(command), arguments));
    Execution byJar =
        run(
            Map.of(),
            words(List.of(JAVA.toString(), "-jar", Suite.jar(command).toString()), arguments));

    assertEquals(byLauncher, byJar);
    assertTrue(
        byLauncher.error().lines().allMatch(line -> line.startsWith(command + ": ")),
        byLauncher::error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "axfr-get ; 100 ; usage: axfr-get [--server address] [--key file] zone fn fn.tmp",
        "axfrdns-conf ; 100 ; usage: axfrdns-conf acct logacct /axfrdns /tinydns myip",
        "dnscache-conf ; 100 ; usage: dnscache-conf acct logacct /dnscache [ myip ]",
        "dnsq ; 100 ; usage: dnsq type name server",
        "dnsqr ; 100 ; usage: dnsqr type name",
        "dnstrace ; 100 ; usage: dnstrace type name rootip ...",
        "envdir ; 111 ; usage: envdir dir child",
        "envuidgid ; 100 ; usage: envuidgid account child",
        "fghack ; 100 ; usage: fghack child",
        "pgrphack ; 100 ; usage: pgrphack child",
        "pickdns ; 111 ; fatal: $IP not set",
        "pickdns-conf ; 100 ; usage: pickdns-conf acct logacct /pickdns myip",
        "pickdns-data ; 111 ; fatal: unable to open data: file does not exist",
        "rbldns ; 111 ; fatal: $IP not set",
        "rbldns-conf ; 100 ; usage: rbldns-conf acct logacct /rbldns myip base",
        "rbldns-data ; 111 ; fatal: unable to open data: file does not exist",
        "setlock ; 100 ; usage: setlock [ -nNxX ] file program [ arg ... ]",
        "setuidgid ; 100 ; usage: setuidgid account child",
        "softlimit ; 100 ; usage: softlimit [-a allbytes] [-c corebytes] [-d databytes]"
            + " [-f filebytes] [-l lockbytes] [-m membytes] [-o openfiles] [-p processes]"
            + " [-r residentbytes] [-s stackbytes] [-t cpusecs] child",
        "supervise ; 100 ; usage: supervise dir",
        "svok ; 100 ; usage: svok dir",
        "tcprules ; 100 ; usage: tcprules rules.cdb rules.tmp",
        "tcprulescheck ; 100 ; usage: tcprulescheck rules.cdb",
        "tinydns ; 111 ; fatal: $IP not set",
        "tinydns-conf ; 100 ; usage: tinydns-conf acct logacct /tinydns myip",
        "tinydns-data ; 111 ; fatal: unable to open data: file does not exist",
        "tinydns-edit ; 100 ; usage: tinydns-edit data data.new add"
            + " [ns|childns|host|host6|alias|alias6|mx] domain ip",
        "tinydns-get ; 100 ; usage: tinydns-get type name [ip]",
        "walldns ; 111 ; fatal: $IP not set",
        "walldns-conf ; 100 ; usage: walldns-conf acct logacct /walldns myip",
      })
  void shouldFailAsTheOriginalWithNothingGiven(String command, int exitCode, String message)
      throws Exception {
    assertEquals(new Execution(exitCode, "", command + ": " + message + "\n"), launch(command));
  }

  @ParameterizedTest
  @CsvSource({
    "cachetest, 0",
    "dnsip, 0",
    "dnsip6, 0",
    "dnsipq, 0",
    "dnsmx, 0",
    "dnsname, 0",
    "dnstxt, 0",
    "utime, 100",
  })
  void shouldSayNothingWithNothingGiven(String command, int exitCode) throws Exception {
    assertEquals(new Execution(exitCode, "", ""), launch(command));
  }

  @Test
  void shouldEndSilentlyWhenNobodyReads() throws Exception {
    String[] command = {
      "/bin/sh", "-c", Suite.launcher("random-ip") + " 1000000 | head -n 1 | wc -l"
    };
    assertEquals(
        new Execution(0, "1\n", ""),
        run(Map.of("DJBDNS_JAVA", JAVA.toString(), "PATH", "/usr/bin:/bin"), command));
  }

  @ParameterizedTest
  @MethodSource("djbdns.tools.Suite#commands")
  void shouldBeExecutable(String command) {
    assertTrue(Files.isExecutable(Suite.launcher(command)));
  }

  @Test
  void shouldPrintTheVersion() throws Exception {
    Execution execution = launch("dnsq", "--version");

    assertEquals("", execution.error());
    assertEquals(0, execution.exitCode());
    assertTrue(execution.output().matches("dnsq \\(djbdns for Java\\) [0-9.]+\n"));
  }
}
