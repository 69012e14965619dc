package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The -conf programs beside the originals of Debian's package djbdns-conf: the same messages and
 * exit codes, and the same trees. In arguments {@code @} stands for a directory of the test's.
 */
@Timeout(600)
final class ConfDifferentialIT {
  /** What follows the directory in a command line. */
  private static final Map<String, String> REST =
      Map.of(
          "dnscache", "1.2.3.4",
          "tinydns", "1.2.3.4",
          "walldns", "1.2.3.4",
          "rbldns", "1.2.3.4 list.example.test",
          "axfrdns", "@/tinydns 1.2.3.4");

  @TempDir private Path temporary;

  private Path work = Path.of("/nowhere");
  private ConfDirectory directory = new ConfDirectory(work);

  @BeforeAll
  static void assumeOriginals() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root can give files away");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/tinydns-conf")),
        "Debian package djbdns-conf is not installed");
  }

  @BeforeEach
  void prepare() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    work = Files.createDirectory(temporary.resolve("w"));
    directory = new ConfDirectory(work);
  }

  /** What a program did: its messages, and what it made if it says that it made something. */
  private record Result(Execution execution, Map<String, String> tree) {}

  @FunctionalInterface
  private interface Runner {
    Execution run(List<String> command) throws Exception;
  }

  private Result result(Runner runner, String program, List<String> arguments) throws Exception {
    directory.reset();
    List<String> command = new ArrayList<>(List.of(program));
    arguments.forEach(word -> command.add(word.replace("@", work.toString())));
    Execution execution = runner.run(command);
    return new Result(execution, directory.snapshot(ConfDifferentialIT::withoutDifferences));
  }

  /** What is meant to differ: the programs' place, Debian's limits, its roots, axfrdns's server. */
  private static String withoutDifferences(String name, String text) {
    if (name.endsWith("/seed") || name.endsWith("/servers/@")) {
      return name.endsWith("/seed") ? text.length() + " bytes" : "";
    }
    return text.replace(Suite.launcher("x").getParent() + "/", "/usr/sbin/")
        .replace("-d400000 ", "-d300000 ")
        .replaceFirst("^4000000\n", "3000000\n")
        .replaceFirst(
            "(?s)exec envdir ./env sh -c '\n  exec envuidgid (\\S+) (softlimit -d300000) tcpserver"
                + " -vDRHl0 -x tcp.cdb -- \"\\$IP\" 53 (\\S+)\n'\n",
            "exec envuidgid $1 envdir ./env $2 $3\n");
  }

  private void assertSame(Runner runner, String name, List<String> arguments) throws Exception {
    Result original = result(runner, "/usr/sbin/" + name + "-conf", arguments);
    Result ours = result(runner, Suite.launcher(name + "-conf").toString(), arguments);
    Execution execution = ours.execution();
    String error = execution.error().replaceFirst("[a-z-]+: warning: ignored: .*\n", "");
    assertEquals(
        original.execution(),
        new Execution(execution.exitCode(), execution.output(), error),
        arguments::toString);
    if (original.execution().exitCode() == 0) {
      Map<String, String> tree = new TreeMap<>(ours.tree());
      assertTrue(tree.keySet().removeIf(file -> file.endsWith("/notification-fd")));
      assertEquals(original.tree(), tree, arguments::toString);
    } else {
      directory.reset();
      assertEquals(
          directory.snapshot(ConfDifferentialIT::withoutDifferences),
          ours.tree(),
          () -> arguments + " has left something behind");
    }
  }

  /** Words between spaces; '' is an empty one. */
  private static List<String> words(String line) {
    return Stream.of(line.split(" ", -1)).map(word -> word.replace("''", "")).toList();
  }

  private static Stream<String> programs() {
    return REST.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void shouldMakeTheSameTree(String name) throws Exception {
    for (String start : List.of("nobody daemon @/new ", "daemon nobody @/sub/new/ ")) {
      assertSame(directory::run, name, words(start + REST.get(name)));
    }
    assertTrue(Files.isExecutable(work.resolve("sub/new/run")));
    assertSame(directory::run, name, words("nobody daemon @/open/new " + REST.get(name) + " more"));
    assertSame(directory::runAsNobody, name, words("daemon nobody @/open/new " + REST.get(name)));
  }

  /** The original makes a service that cannot start. */
  @ParameterizedTest
  @MethodSource("programs")
  void shouldRefuseAnUnknownAccount(String name) throws Exception {
    Result result =
        result(
            directory::run,
            Suite.launcher(name + "-conf").toString(),
            words("nosuch daemon @/new " + REST.get(name)));
    assertEquals(
        new Execution(111, "", name + "-conf: fatal: unknown account nosuch\n"),
        result.execution());
    assertFalse(Files.exists(work.resolve("new")));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void shouldWantTheSameArguments(String name) throws Exception {
    List<String> all = words("nobody daemon @/new " + REST.get(name));
    for (int i = 0; i < all.size(); i++) {
      assertSame(directory::run, name, all.subList(0, i));
    }
    assertSame(directory::run, name, words("nobody daemon new " + REST.get(name)));
    assertSame(directory::run, name, words("nobody nosuch @/new " + REST.get(name)));
    assertSame(directory::run, name, words("nobody daemon @/full " + REST.get(name)));
    assertSame(directory::runAsNobody, name, words("nobody daemon @/open/new " + REST.get(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "@/new//",
        "@/sub//new",
        "@/sub/./new",
        "@/sub/../new",
        "@/setgid/new",
        "@/a'b$c\"d",
        "@/file",
        "@/file/",
        "@/file/new",
        "@/link",
        "@/link/",
        "@/link/new",
        "@/loop",
        "@/loop/new",
        "@",
        "@/",
        "/",
        "//",
        "@/.",
        "@/..",
        "@/sub/..",
        "@/missing/new",
        "@/missing/.",
        "@/missing/..",
        "/proc/new",
        "''",
        ".",
      })
  void shouldTreatDirectoriesTheSame(String path) throws Exception {
    assertSame(directory::run, "tinydns", words("nobody daemon " + path + " 1.2.3.4"));
  }

  @Test
  void shouldTreatLongNamesTheSame() throws Exception {
    for (int length : List.of(255, 256)) {
      assertSame(
          directory::run,
          "walldns",
          List.of("nobody", "daemon", "@/" + "n".repeat(length), "1.2.3.4"));
    }
    String deep = "@" + ("/" + "d".repeat(99)).repeat(50);
    assertSame(directory::run, "walldns", List.of("nobody", "daemon", deep, "1.2.3.4"));
    String slashes = "@" + "/".repeat(4000 - work.toString().length()) + "new";
    assertSame(directory::run, "walldns", List.of("nobody", "daemon", slashes, "1.2.3.4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nobody nobody @/closed/new",
        "nobody nobody @/closed",
        "nobody nobody @/readonly/new",
        "nobody nobody @/readonly/",
        "nobody nobody @/setgid/new",
        "nobody daemon @/open/new/",
        "nobody '' @/open/new",
        "nobody nobody /proc/self/new",
      })
  void shouldTellOrdinaryUsersTheSame(String arguments) throws Exception {
    assertSame(directory::runAsNobody, "tinydns", words(arguments + " 1.2.3.4"));
  }

  @Test
  void shouldWantAnAbsoluteTinydnsDirectory() throws Exception {
    assertSame(directory::run, "axfrdns", words("nobody daemon @/new tinydns 1.2.3.4"));
    assertSame(directory::run, "axfrdns", words("nobody daemon @/new '' 1.2.3.4"));
    assertSame(directory::run, "axfrdns", words("nobody daemon @/new @/./tinydns/ 1.2.3.4"));
  }

  @ParameterizedTest
  @CsvSource({"0", "077", "0777"})
  void shouldNotHeedTheUmask(String umask) throws Exception {
    Runner runner =
        command -> {
          List<String> words = new ArrayList<>();
          words.addAll(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
          words.addAll(command);
          return directory.run(words);
        };
    assertSame(runner, "dnscache", words("nobody daemon @/new"));
  }

  /** A file system of the test's own, in which so many files or pages have room. */
  private Runner full(String room) {
    return command -> {
      List<String> words = new ArrayList<>();
      String script = "mount -t tmpfs -o " + room + " tmpfs sub && \"$@\"; code=$?; ls -A sub";
      words.addAll(List.of("unshare", "-m", "/bin/sh", "-c", script + "; exit $code", "sh"));
      words.addAll(command);
      Execution execution = directory.run(words);
      // The original leaves what it has made.
      return new Execution(
          execution.exitCode(),
          command.getFirst().startsWith("/usr") ? "" : execution.output(),
          execution.error());
    };
  }

  @ParameterizedTest
  @CsvSource({
    "nr_inodes=1",
    "nr_inodes=2",
    "nr_inodes=3",
    "nr_inodes=5",
    "nr_inodes=6",
    "nr_inodes=7",
    "nr_inodes=9",
    "nr_inodes=11",
    "nr_inodes=12",
    "nr_inodes=14",
    "size=4k",
    "size=8k",
    "size=12k",
    "size=20k"
  })
  void shouldSayTheSameOfAFullDiskAndLeaveNothing(String room) throws Exception {
    assumeTrue(
        directory.run(List.of("unshare", "-m", "true")).exitCode() == 0,
        "no mount namespaces here");
    assertSame(full(room), "tinydns", words("nobody daemon @/sub/new 1.2.3.4"));
  }
}
