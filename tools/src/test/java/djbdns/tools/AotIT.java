package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caches that an installation makes: they are used, and nobody can tell but by the time. */
@Timeout(300)
final class AotIT {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final int TIMEOUT_SECONDS = 240;

  /** What has the launcher leave caches alone, and changes nothing otherwise. */
  private static final String NO_CACHE = "-Xshare:auto";

  @TempDir private static Path shared;
  private static Path install;
  private static Path prefix;
  private static Path suite;

  @TempDir private Path directory;

  @BeforeAll
  static void install() throws Exception {
    install =
        Packages.unpackTarball(Files.createDirectory(shared.resolve("unpacked")))
            .resolve("install");
    prefix = shared.resolve("the prefix");
    suite = prefix.resolve("lib/djbdns");
    assertEquals("", run(JAVA, install.toString(), prefix.toString()).error());
  }

  @AfterAll
  static void shouldBeRemovedWithTheRest() throws Exception {
    Execution execution = run(JAVA, install.toString(), "--uninstall", prefix.toString());

    assertEquals("", execution.error());
    assertFalse(Files.exists(prefix));
  }

  @BeforeEach
  void makeDirectory() throws Exception {
    Files.createDirectory(directory.resolve("env"));
    Files.writeString(directory.resolve("env/NAME"), "value");
  }

  private static Execution run(String java, String... command) throws Exception {
    Map<String, String> environment =
        Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C", "DJBDNS_JAVA", java);
    return Execution.of(shared, environment, List.of(command), TIMEOUT_SECONDS);
  }

  private Execution launch(Path launcher, String flags, String... arguments) throws Exception {
    String[] command =
        Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toArray(String[]::new);
    return Packages.run(directory, Map.of("DJBDNS_JVMFLAGS", flags), command);
  }

  private boolean usesCache(Path launcher) throws Exception {
    Execution execution = launch(launcher, "-Xlog:class+load:stderr", "--version");
    assertEquals(0, execution.exitCode(), execution::error);
    return execution
        .error()
        .lines()
        .anyMatch(line -> line.contains("djbdns.") && line.contains("shared objects file"));
  }

  private static List<String> cached() throws IOException {
    try (Stream<Path> caches = Files.list(suite.resolve("aot"))) {
      return caches.map(cache -> cache.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldBeMadeForAllThatThereIsATrainingFor() throws Exception {
    List<String> names =
        Files.readAllLines(suite.resolve("share/training")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", 2)[0])
            .toList();
    List<String> commands = new ArrayList<>(names);

    assertTrue(commands.remove("client"), names::toString);
    assertTrue(commands.size() > 10 && Suite.commands().containsAll(commands), names::toString);
    assertEquals(names.stream().map(name -> name + ".aot").sorted().toList(), cached());
    for (String name : names) {
      assertEquals("rw-r--r--", FileTree.mode(suite.resolve("aot", name + ".aot")));
    }
    commands.addAll(List.of("dnsfilter", "dnsip", "dnsqr", "random-ip"));
    for (String name : commands) {
      assertTrue(usesCache(prefix.resolve("bin", name)), name);
    }
    try (Stream<Path> entries = Files.list(suite)) {
      assertTrue(entries.noneMatch(entry -> entry.getFileName().toString().startsWith(".")));
    }
  }

  @Test
  void shouldBeMadeForTheClientToolsByTheBuild() throws Exception {
    Path cache = Suite.launcher("dnsqr").resolveSibling("../aot/client.aot");
    assumeTrue(Files.exists(cache), "the suite was built with -Dskip.aot");

    assertTrue(usesCache(Suite.launcher("dnsqr")));
  }

  @Test
  void shouldHoldAllOfOursThatALookupNeeds() throws Exception {
    try (ScriptedServer server = ScriptedServer.start("127.12.40.33", 0, new FailingScript())) {
      Execution execution =
          Packages.run(
              directory,
              Map.of("DJBDNS_JVMFLAGS", "-Xlog:class+load:stderr", "DNSCACHEIP", server.address()),
              prefix.resolve("bin/dnsqr").toString(),
              "a",
              "r0.test");

      assertEquals(0, execution.exitCode(), execution::toString);
      assertEquals(
          List.of(),
          execution
              .error()
              .lines()
              .filter(line -> line.contains(" djbdns.") && !line.contains("shared objects file"))
              .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dnsq a www.example.test 127.0.0.1:0",
        "dnsq a www.example.test",
        "envdir env /bin/sh -c env|sort|grep\\ NAME",
        "envdir env missing",
        "multilog t",
        "setlock lock ls /proc/self/fd",
        "softlimit -m30000000 cat /proc/self/limits",
        "svc -u missing",
        "svok .",
        "svstat . missing",
        "tinydns-data"
      })
  void shouldChangeNothingThatACommandSays(String line) throws Exception {
    String[] words = line.split(" ", -1);
    String[] arguments = Arrays.copyOfRange(words, 1, words.length);

    assertEquals(
        launch(Suite.launcher(words[0]), NO_CACHE, arguments),
        launch(prefix.resolve("bin", words[0]), "", arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<&-",
        "2>&-",
        "<&- 2>&-",
        "<&- >&-",
        "3</etc/passwd 7>/dev/null",
        "3</etc/passwd; ulimit -Sd 300000"
      })
  void shouldChangeNothingThatAProgramIsGiven(String redirections) throws Exception {
    String list = "for f in 0 1 2 3 4 5 6 7; do readlink /proc/$$/fd/$f >&9; echo $f >&9; done";
    String script = "exec 9>list " + redirections + "; exec \"$0\" env /bin/sh -c '" + list + "'";

    String[] lists = new String[2];
    for (int i = 0; i < lists.length; i++) {
      Path envdir = i == 0 ? Suite.launcher("envdir") : prefix.resolve("bin/envdir");
      launch(Path.of("/bin/sh"), "", "-c", script, envdir.toString());
      // Its standard output and error are other files each time.
      lists[i] =
          Files.readString(directory.resolve("list")).replaceAll("/[^\n]*/execution[^\n]*", "file");
    }

    assertNotEquals("", lists[0]);
    assertEquals(lists[0], lists[1]);
  }

  /** A suite of one command, whose cache and jars a test can spoil. */
  private Path copyOfEnvdir() throws Exception {
    Path copy = directory.resolve("copy");
    String script =
        "cd \"$0\" && mkdir -p \"$1/bin\" \"$1/aot\" && cp -R lib \"$1\""
            + " && cp bin/envdir \"$1/bin\" && cp aot/envdir.aot \"$1/aot\"";
    Execution copying =
        Packages.run(directory, Map.of(), "sh", "-c", script, suite.toString(), copy.toString());
    assertEquals(new Execution(0, "", ""), copying);
    return copy.resolve("bin/envdir");
  }

  private void assertIgnoresItsCache(Path envdir) throws Exception {
    Execution plain = launch(Suite.launcher("envdir"), "", "env", "missing");

    assertEquals(plain, launch(envdir, "", "env", "missing"));
    assertFalse(usesCache(envdir));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 5000, 10_000_000})
  void shouldBeIgnoredIfCutShort(int bytes) throws Exception {
    Path envdir = copyOfEnvdir();
    Path cache = envdir.resolveSibling("../aot/envdir.aot");
    Files.write(cache, Arrays.copyOf(Files.readAllBytes(cache), bytes));

    assertIgnoresItsCache(envdir);
  }

  @Test
  void shouldBeIgnoredIfOfAnotherJava() throws Exception {
    Path envdir = copyOfEnvdir();
    Path cache = envdir.resolveSibling("../aot/envdir.aot");
    String text = Files.readString(cache, ISO_8859_1);
    int version = text.indexOf(System.getProperty("java.vm.version"));
    assertTrue(version > 0 && version < 4096);
    Files.writeString(
        cache, text.substring(0, version) + "99" + text.substring(version + 2), ISO_8859_1);

    assertIgnoresItsCache(envdir);
  }

  @Test
  void shouldBeIgnoredIfAJarIsNewer() throws Exception {
    Path envdir = copyOfEnvdir();
    FileTime made = Files.getLastModifiedTime(envdir.resolveSibling("../aot/envdir.aot"));
    assertTrue(usesCache(envdir));

    Files.setLastModifiedTime(
        envdir.resolveSibling("../lib/djbdns-supervise.jar"),
        FileTime.from(made.toInstant().plus(Duration.ofSeconds(1))));

    assertIgnoresItsCache(envdir);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseCompactObjectHeaders",
        "-XX:-UseSerialGC -XX:+UseZGC",
        "-Xshare:off",
        "-XX:AOTMode=off"
      })
  void shouldNotDisturbOtherFlags(String flags) throws Exception {
    assertEquals(
        launch(Suite.launcher("envdir"), "", "env", "missing"),
        launch(prefix.resolve("bin/envdir"), flags, "env", "missing"));
  }

  @Test
  void shouldLetAnInstallationWithoutThemSucceed() throws Exception {
    Path home = Files.createDirectories(directory.resolve("java/bin")).getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Path java = home.resolve("bin/java");
    Files.writeString(
        java,
        "#!/bin/sh\ncase \"$*\" in *AOTCacheOutput*) exit 1; esac\nexec " + JAVA + " \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path other = directory.resolve("other");

    Execution execution = run(java.toString(), install.toString(), other.toString());

    assertEquals(0, execution.exitCode());
    assertTrue(
        execution
            .error()
            .matches(
                "make-caches: warning: unable to make caches, [^\n]*: client, envdir, [^\n]*\n"),
        execution::error);
    assertFalse(Files.exists(other.resolve("lib/djbdns/aot")));
    assertTrue(Files.exists(other.resolve("bin/dnsq")));
  }

  @Test
  void shouldLetAnInstallationWithoutJavaSucceed() throws Exception {
    Path other = directory.resolve("other");

    Execution execution = run("/missing", install.toString(), other.toString());

    assertEquals(0, execution.exitCode());
    assertTrue(
        execution.error().matches("install: warning: the commands will not start: [^\n]*\n"),
        execution::error);
    assertFalse(Files.exists(other.resolve("lib/djbdns/aot")));
  }
}
