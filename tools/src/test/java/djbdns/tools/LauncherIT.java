package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a launcher finds its Java, its jar and itself. The Java found is a script that tells where it
 * lies and what it was given.
 */
final class LauncherIT {
  private static final String PATH = "/usr/bin:/bin";

  @TempDir private Path temporary;

  private Path bin;
  private Path systemJavas;

  /**
   * A copy of the tinydns-get launcher in a suite whose path has a space, and its own /usr/lib/jvm.
   */
  @BeforeEach
  void copyLauncher() throws IOException {
    bin = Files.createDirectories(temporary.resolve("the suite/bin"));
    systemJavas = Files.createDirectory(temporary.resolve("jvm"));
    String launcher = Files.readString(Suite.launcher("tinydns-get"));
    writeScript(bin.resolve("tinydns-get"), launcher.replace("/usr/lib/jvm/", systemJavas + "/"));
  }

  private static void writeScript(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path javaHome(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"99\"\nJAVA_VERSION=\"" + version + "\"\n");
    writeScript(
        home.resolve("bin/java"),
        "#!/bin/sh\necho \"" + home + "\"\nfor word do printf '<%s>\\n' \"$word\"; done\n");
    return home;
  }

  private Execution launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(bin.resolve("tinydns-get").toString()));
    command.addAll(List.of(arguments));
    return Execution.of(temporary, environment, command);
  }

  private static void assertFound(Path home, Execution execution) {
    assertEquals("", execution.error());
    assertEquals(0, execution.exitCode());
    assertEquals(home.toString(), execution.output().lines().findFirst().orElseThrow());
  }

  private static void assertFatal(String message, Execution execution) {
    assertEquals("tinydns-get: fatal: " + message + "\n", execution.error());
    assertEquals("", execution.output());
    assertEquals(111, execution.exitCode());
  }

  @Test
  void shouldPreferDjbdnsJavaThenJavaHomeThenPathThenSystem() throws Exception {
    Path own = javaHome(temporary.resolve("own java"), "25.0.3");
    Path home = javaHome(temporary.resolve("home java"), "26");
    Path path = javaHome(temporary.resolve("path java"), "25-ea");
    Path system = javaHome(systemJavas.resolve("temurin"), "31.0.1");
    String withJava = path.resolve("bin") + ":" + PATH;

    assertFound(
        own,
        launch(
            Map.of(
                "DJBDNS_JAVA", own + "/bin/java", "JAVA_HOME", home.toString(), "PATH", withJava)));
    assertFound(home, launch(Map.of("JAVA_HOME", home.toString(), "PATH", withJava)));
    assertFound(path, launch(Map.of("PATH", withJava)));
    assertFound(system, launch(Map.of("PATH", temporary.toString())));
  }

  @Test
  void shouldPassOverJavasThatAreTooOldOrMissing() throws Exception {
    Path old = javaHome(temporary.resolve("old"), "17.0.15");
    javaHome(systemJavas.resolve("a"), "1.8.0_422");
    javaHome(systemJavas.resolve("b"), "24.0.2");
    Files.createDirectory(systemJavas.resolve("c"));
    Path recent = javaHome(systemJavas.resolve("d"), "25");
    String withOldJava = old.resolve("bin") + ":" + PATH;

    assertFound(recent, launch(Map.of("JAVA_HOME", old.toString(), "PATH", withOldJava)));
    assertFound(recent, launch(Map.of("JAVA_HOME", "/nonexistent", "PATH", withOldJava)));
  }

  @Test
  void shouldFollowLinksToJava() throws Exception {
    Path recent = javaHome(temporary.resolve("recent"), "25");
    Path links = Files.createDirectory(temporary.resolve("links"));
    Files.createSymbolicLink(links.resolve("alternative"), recent.resolve("bin/java"));
    Files.createSymbolicLink(links.resolve("java"), Path.of("alternative"));

    assertFound(recent, launch(Map.of("PATH", links + ":" + PATH)));
    assertFound(recent, launch(Map.of("DJBDNS_JAVA", links + "/java", "PATH", PATH)));
  }

  @Test
  void shouldSayWhatIsMissingIfThereIsNoRecentJava() throws Exception {
    javaHome(systemJavas.resolve("old"), "17.0.15");

    assertFatal(
        "unable to find Java 25: set DJBDNS_JAVA or JAVA_HOME",
        launch(Map.of("PATH", temporary.toString())));
  }

  @Test
  void shouldNotReplaceAnUnusableDjbdnsJava() throws Exception {
    javaHome(systemJavas.resolve("recent"), "25");
    Path old = javaHome(temporary.resolve("old"), "17.0.15");

    assertFatal(
        "unable to use $DJBDNS_JAVA: " + old + "/bin/java is not Java 25 or later",
        launch(Map.of("DJBDNS_JAVA", old + "/bin/java", "PATH", PATH)));
    assertFatal(
        "unable to use $DJBDNS_JAVA: /nonexistent/java is not Java 25 or later",
        launch(Map.of("DJBDNS_JAVA", "/nonexistent/java", "PATH", PATH)));
  }

  @Test
  void shouldPassArgumentsUntouchedAndFlagsSplit() throws Exception {
    Path java = javaHome(temporary.resolve("java"), "25");

    Execution execution =
        launch(
            Map.of(
                "JAVA_HOME", java.toString(), "PATH", PATH, "DJBDNS_JVMFLAGS", "-Xmx9m  -Dstar=*"),
            "",
            "two words",
            "*",
            "\\052");

    assertFound(java, execution);
    assertTrue(
        execution
            .output()
            .endsWith(
                "<-Xmx9m>\n<-Dstar=*>\n<-jar>\n<"
                    + bin
                    + "/../lib/tinydns-get.jar>\n<>\n<two words>\n<*>\n<\\052>\n"),
        execution.output());
  }

  @Test
  void shouldGiveClientToolsOneClassPath() throws Exception {
    Path java = javaHome(temporary.resolve("java"), "25");
    Files.copy(Suite.launcher("dnsqr"), bin.resolve("dnsqr"));

    Execution execution =
        Execution.of(
            temporary,
            Map.of("JAVA_HOME", java.toString(), "PATH", PATH),
            List.of(bin.resolve("dnsqr").toString(), "a", "x"));

    String lib = bin + "/../lib/";
    assertTrue(
        execution
            .output()
            .matches(
                "(?s).*\\n<-cp>\\n<\\Q"
                    + lib
                    + "djbdns-client.jar:"
                    + lib
                    + "djbdns-system.jar:"
                    + lib
                    + "djbdns-tools.jar:"
                    + lib
                    + "djbdns-wire.jar:"
                    + lib
                    + "\\Epicocli-[0-9.]+jar>\\n<djbdns.tools.Dnsqr>\\n<a>\\n<x>\\n"),
        execution::toString);
  }

  @Test
  void shouldFollowALinkOfAnInstallationWithoutAnotherProcess() throws Exception {
    Path java = javaHome(temporary.resolve("java"), "25");
    Path installed = Files.createDirectories(temporary.resolve("prefix/lib/djbdns/bin"));
    Files.copy(bin.resolve("tinydns-get"), installed.resolve("tinydns-get"));
    Path link = Files.createDirectories(temporary.resolve("prefix/bin")).resolve("tinydns-get");
    Files.createSymbolicLink(link, Path.of("../lib/djbdns/bin/tinydns-get"));

    Execution execution =
        Execution.of(
            temporary,
            Map.of("JAVA_HOME", java.toString(), "PATH", "/nonexistent"),
            List.of("/bin/sh", link.toString()));

    assertFound(java, execution);
  }

  @Test
  void shouldFindItsJarThroughLinksAndPath() throws Exception {
    Path java = javaHome(temporary.resolve("java"), "25");
    Path links = Files.createDirectory(temporary.resolve("some links"));
    Files.createSymbolicLink(links.resolve("second"), bin.resolve("tinydns-get"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("second"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", java.toString(), "PATH", links + ":" + bin + ":" + PATH);
    String jar = "<" + bin + "/../lib/tinydns-get.jar>";

    for (String shellCommand :
        List.of(
            "exec first",
            "exec tinydns-get",
            "cd 'some links'; exec ./first",
            "'some links/second'")) {
      Execution execution =
          Execution.of(temporary, environment, List.of("/bin/sh", "-c", shellCommand));
      assertFound(java, execution);
      assertTrue(execution.output().contains(jar), shellCommand + ": " + execution.output());
    }
    Execution besides =
        Execution.of(bin, environment, List.of("/bin/sh", "-c", "exec /bin/sh tinydns-get"));
    assertFound(java, besides);
    assertTrue(besides.output().contains("<./../lib/tinydns-get.jar>"), besides.output());
  }

  @Test
  void shouldKeepItsProcessAndRaiseMemoryLimits() throws Exception {
    Path java = javaHome(temporary.resolve("java"), "25");
    writeScript(
        java.resolve("bin/java"), "#!/bin/sh\necho $$\nulimit -S -d\nulimit -S -v\nulimit -H -d\n");

    Execution execution =
        Execution.of(
            temporary,
            Map.of("JAVA_HOME", java.toString(), "PATH", PATH),
            List.of(
                "/bin/sh",
                "-c",
                "ulimit -d 9000000; ulimit -S -d 300; ulimit -S -v 10000; echo $$; exec \"$0\"",
                bin.resolve("tinydns-get").toString()));

    assertEquals("", execution.error());
    List<String> lines = execution.output().lines().toList();
    assertEquals(lines.get(0), lines.get(1));
    assertEquals(List.of("9000000", "unlimited", "9000000"), lines.subList(2, 5));
  }
}
