package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tinydns.axfrget.AxfrGet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * axfr-get beside that of 1.05, both with axfrdns of 1.05: the same files, messages and exit codes.
 */
final class AxfrGetDifferentialTest {
  private static final String ORIGINAL = "/usr/sbin/axfr-get";
  private static final int ZONES = 5;

  /** What random zones do not have. */
  private static final String MORE =
      """
      'txt.z.test:some text\\072 "x"\\000\\377
      ^ptr.z.test:t_x.z.test:1
      :sixteen.z.test:16:not\\040a\\040text
      :one.z.test:1:abc
      :type99.z.test:99:abc_-.\\377
      +_under\\072score.z.test:192.0.2.7:0
      .other.test:192.0.2.8:a
      """;

  @TempDir Path directory;

  @BeforeEach
  void assumeInstalled() {
    for (String program : List.of("axfr-get", "axfrdns", "tinydns-data")) {
      Original.assumeInstalled(program);
    }
    Primary.assumeAxfrdns();
  }

  private Primary start(String name, String data) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    Files.writeString(own.resolve("data"), data);
    assertEquals(new Original.Outcome(0, ""), Original.run(own, "tinydns-data"));
    return Primary.startAxfrdns(own, List.of("z.test"));
  }

  /** A random zone, as far as 1.05 knows the types of its lines. */
  private static String data(long seed) {
    return new PeerZone(seed)
        .data()
        .lines()
        .filter(line -> "Z&+@'C".indexOf(line.charAt(0)) >= 0 && !line.contains("_db8"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private Original.Outcome original(Primary primary, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(tcpclient(primary));
    command.add(ORIGINAL);
    command.addAll(List.of(arguments));
    return Original.run(directory, command);
  }

  /** Ours in a new JVM. */
  private Original.Outcome ours(Primary primary, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(tcpclient(primary));
    command.addAll(Original.ourCommand(AxfrGet.class));
    command.addAll(List.of(arguments));
    return Original.run(directory, command);
  }

  private static List<String> tcpclient(Primary primary) {
    return List.of("/usr/bin/tcpclient", "-RHl0", primary.address(), primary.port());
  }

  private void assertSameFile(String theirs, String ours) throws IOException {
    assertEquals(
        Files.readString(directory.resolve(theirs)), Files.readString(directory.resolve(ours)));
  }

  @Test
  void shouldWriteTheSameFiles() throws Exception {
    for (int seed = 1; seed <= ZONES; seed++) {
      try (Primary primary = start("zone" + seed, data(seed) + MORE)) {
        Original.Outcome good = new Original.Outcome(0, "");
        assertEquals(good, original(primary, "z.test", "original" + seed, "tmp"));
        assertEquals(good, ours(primary, "z.test", "ours" + seed, "tmp"));
        assertSameFile("original" + seed, "ours" + seed);
        assertEquals(
            good,
            Original.runOurs(
                directory, AxfrGet.class, "--server", primary.server(), "Z.Test.", "own", "tmp"));
        assertSameFile("original" + seed, "own");
        Files.delete(directory.resolve("own"));
      }
    }
  }

  @Test
  void shouldTakeTheSameSerialNumbersForOld() throws Exception {
    try (Primary primary = start("zone", data(1))) {
      for (String line : List.of("#1 auto axfr-get", "#2", "#", "# 1", "1", "", "#4294967297x")) {
        Files.writeString(directory.resolve("original"), line + "\nrest");
        Files.writeString(directory.resolve("ours"), line + "\nrest");
        assertEquals(
            original(primary, "z.test", "original", "tmp"), ours(primary, "z.test", "ours", "tmp"));
        assertSameFile("original", "ours");
      }
    }
  }

  @Test
  void shouldHaveAUsageLineWithItsOptions() throws Exception {
    Original.Outcome usage =
        new Original.Outcome(
            100, "axfr-get: usage: axfr-get [--server address] [--key file] zone fn fn.tmp\n");
    try (Primary primary = start("zone", data(1))) {
      String[][] commandLines = {
        {}, {"z.test"}, {"z.test", "f"}, {"-x", "f", "tmp"}, {"--kye", "k", "z.test", "f", "tmp"}
      };
      for (String[] arguments : commandLines) {
        assertEquals(usage, ours(primary, arguments), Arrays.toString(arguments));
      }
    }
  }

  @Test
  void shouldFailInTheSameWords() throws Exception {
    Files.createDirectory(directory.resolve("d"));
    try (Primary primary = start("zone", data(1) + "+other.test:1.2.3.4\n")) {
      String[][] commandLines = {
        {"a".repeat(64) + ".test", "f", "tmp"},
        {"z.test", "d", "tmp"},
        {"z.test", "f", "d"},
        {"z.test", "f", "missing/tmp"},
        {"z.test", "missing/f", "tmp"},
        {"nowhere.test", "f", "tmp"},
        {"www.z.test", "f", "tmp"},
      };
      for (String[] arguments : commandLines) {
        assertEquals(
            original(primary, arguments), ours(primary, arguments), Arrays.toString(arguments));
      }
    }
  }

  @Test
  void shouldAskForAConnection() throws Exception {
    Files.writeString(directory.resolve("f"), "#1\n");
    assertEquals(
        new Original.Outcome(
            100, "axfr-get: fatal: no connection: run me under tcpclient, or with --server\n"),
        Original.runOurs(directory, AxfrGet.class, "z.test", "f", "tmp"));
  }

  @Test
  void shouldRefuseUnsignedPrimaryWhereThereIsAKey() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "k:c2VjcmV0\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    try (Primary primary = start("zone", data(1))) {
      assertEquals(
          new Original.Outcome(
              111, "axfr-get: fatal: unable to parse AXFR results: no signature\n"),
          ours(primary, "--key", "key", "z.test", "f", "tmp"));
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
      assertEquals(
          new Original.Outcome(111, "axfr-get: fatal: unable to use key: others may read it\n"),
          ours(primary, "--key", "key", "z.test", "f", "tmp"));
      Files.writeString(key, "k:c2VjcmV0\nl:c2VjcmV0\n");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      assertEquals(
          new Original.Outcome(111, "axfr-get: fatal: unable to use key: more than one key\n"),
          ours(primary, "--key", "key", "z.test", "f", "tmp"));
    }
  }
}
