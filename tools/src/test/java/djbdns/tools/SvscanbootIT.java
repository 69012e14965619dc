package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the system starts: svscan with a clean environment, its messages in the list of processes.
 */
@Timeout(60)
final class SvscanbootIT {
  @TempDir private Path directory;

  private Path service(String name, String run) throws IOException {
    Path service = Files.createDirectories(directory.resolve("services").resolve(name));
    Path script = Files.writeString(service.resolve("run"), run);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return service;
  }

  /** A descendant of a process whose command line is as asked. */
  private static Optional<ProcessHandle> descendant(long pid, Predicate<String> commandLine) {
    try (Stream<ProcessHandle> all = ProcessHandle.of(pid).orElseThrow().descendants()) {
      return all.filter(process -> commandLine.test(commandLine(process))).findFirst();
    }
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), ISO_8859_1);
    } catch (IOException e) {
      // It has just ended.
      return "";
    }
  }

  private ServerProcess boot(String output) throws IOException {
    return ServerProcess.start(
        "svscanboot",
        List.of(Suite.launcher("svscanboot").toString(), directory.resolve("services").toString()),
        Map.of("PATH", "/usr/bin:/bin", "SECRET", "1", "DJBDNS_JAVA", java()),
        directory.resolve(output));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }

  @Test
  void shouldStartServicesAndShowWhatGoesWrong() throws Exception {
    Path healthy = service("healthy", "#!/bin/sh\nenv >environment\nexec sleep 1000000\n");
    service("broken", "#!/nowhere/sh\n");
    try (ServerProcess boot = boot("output")) {
      boot.await(() -> ServiceTree.pid(healthy).isPresent());
      boot.await(() ->
          descendant(
                  boot.pid(),
                  line ->
                      line.startsWith("readproctitle\0service\0errors:\0...")
                          && line.contains("unable to start broken/run: file does not exist\n"))
              .isPresent());

      List<String> environment = Files.readAllLines(healthy.resolve("environment"));
      assertEquals(
          List.of("DJBDNS_JAVA", "PATH", "PWD"),
          environment.stream().map(line -> line.substring(0, line.indexOf('='))).sorted().toList());
      assertFalse(Files.exists(Path.of("/run/svscanboot." + boot.pid())));
      assertFalse(Files.exists(Path.of("/tmp/svscanboot." + boot.pid())));
    }
    assertTrue(ServiceTree.pid(healthy).isEmpty());
    assertEquals("", Files.readString(directory.resolve("output")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldEndWhenAllServicesHaveEnded(String signal) throws Exception {
    Path talker =
        service(
            "talker",
            """
            #!/bin/sh
            sleep 1000000 &
            trap 'kill $!; echo last words; exit' TERM
            echo first words
            wait
            """);
    Path logger = service("talker/log", "#!/bin/sh\nexec cat >heard\n");
    try (ServerProcess boot = boot("output")) {
      boot.await(() -> heard(logger).equals("first words\n"));
      ProcessHandle title =
          descendant(boot.pid(), line -> line.startsWith("readproctitle\0")).orElseThrow();

      boot.signal(signal);

      assertEquals(0, boot.awaitEnd());
      assertTrue(ServiceTree.pid(talker).isEmpty());
      assertTrue(ServiceTree.pid(logger).isEmpty());
      assertEquals("first words\nlast words\n", heard(logger));
      title.onExit().get();
    }
  }

  private boolean isSupervised(Path service) throws IOException, InterruptedException {
    List<String> command = List.of(Suite.launcher("svok").toString(), service.toString());
    return Execution.of(directory, Map.of("DJBDNS_JAVA", java()), command).exitCode() == 0;
  }

  private static String heard(Path logger) throws IOException {
    Path heard = logger.resolve("heard");
    return Files.exists(heard) ? Files.readString(heard) : "";
  }

  @Test
  void shouldLookThroughTheDirectoryOnAHangUp() throws Exception {
    Path first = service("first", "#!/bin/sh\nexec sleep 1000000\n");
    try (ServerProcess boot = boot("output")) {
      boot.await(() -> ServiceTree.pid(first).isPresent());
      Path second = service("second", "#!/bin/sh\nexec sleep 1000000\n");
      boot.signal("HUP");
      boot.await(() -> ServiceTree.pid(second).isPresent());
    }
  }

  @Test
  void shouldTakeOverAfterItWasKilled() throws Exception {
    Path service = service("only", "#!/bin/sh\nexec sleep 1000000\n");
    Optional<Integer> pid;
    try (ServerProcess boot = boot("output")) {
      boot.await(() -> ServiceTree.pid(service).isPresent());
      pid = ServiceTree.pid(service);
      boot.signal("KILL");
      assertEquals(128 + 9, boot.awaitEnd());
    }
    try (ServerProcess boot = boot("second output")) {
      boot.await(() -> isSupervised(service));
      assertEquals(pid, ServiceTree.pid(service));
      boot.signal("TERM");
      assertEquals(0, boot.awaitEnd());
    }
    assertTrue(ServiceTree.pid(service).isEmpty());
  }

  @Test
  void shouldLeaveServicesAloneWhereAnotherOneRuns() throws Exception {
    Path service = service("only", "#!/bin/sh\nexec sleep 1000000\n");
    try (ServerProcess first = boot("output")) {
      first.await(() -> ServiceTree.pid(service).isPresent());
      Optional<Integer> pid = ServiceTree.pid(service);
      try (ServerProcess second = boot("second output")) {
        assertEquals(111, second.awaitEnd());
      }
      assertEquals(
          "svscan: fatal: unable to scan "
              + directory.resolve("services")
              + ": another svscan does\n",
          Files.readString(directory.resolve("second output")));
      assertEquals(pid, ServiceTree.pid(service));
      assertTrue(isSupervised(service));
    }
  }

  @Test
  void shouldExplainItself() throws Exception {
    for (String option : List.of("--help", "--version")) {
      List<String> command = List.of(Suite.launcher("svscanboot").toString(), option);
      Execution execution = Execution.of(directory, Map.of("DJBDNS_JAVA", java()), command);
      assertEquals(0, execution.exitCode());
      assertEquals("", execution.error());
      String beginning = option.equals("--help") ? "Usage: svscanboot " : "svscanboot (";
      assertTrue(execution.output().startsWith(beginning), execution.output());
    }
  }

  private void assertFails(String message) throws Exception {
    try (ServerProcess boot = boot("output")) {
      assertEquals(111, boot.awaitEnd());
      assertEquals(message + "\n", Files.readString(directory.resolve("output")));
    }
  }

  @Test
  void shouldFailWhereThereIsNoDirectory() throws Exception {
    String services = directory.resolve("services").toString();
    assertFails("svscanboot: fatal: unable to chdir to " + services + ": file does not exist");
    Files.writeString(directory.resolve("services"), "");
    assertFails("svscanboot: fatal: unable to chdir to " + services + ": not a directory");
  }

  /** A link to a service that was made before there was a directory for it. */
  @Test
  void shouldNotTakeAServiceForTheDirectoryOfServices() throws Exception {
    service("only", "#!/bin/sh\nexec sleep 1000000\n");
    Files.move(directory.resolve("services/only"), directory.resolve("only"));
    Files.delete(directory.resolve("services"));
    Files.createSymbolicLink(directory.resolve("services"), directory.resolve("only"));
    assertFails(
        "svscanboot: fatal: unable to scan "
            + directory.resolve("services")
            + ": it is a service itself");
  }

  @Test
  void shouldSayThatThereIsNoJava() throws Exception {
    service("only", "#!/bin/sh\nexec sleep 1000000\n");
    List<String> command =
        List.of(Suite.launcher("svscanboot").toString(), directory.resolve("services").toString());
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "DJBDNS_JAVA", "/nowhere");
    try (ServerProcess boot =
        ServerProcess.start("svscanboot", command, environment, directory.resolve("output"))) {
      assertEquals(111, boot.awaitEnd());
      String said = Files.readString(directory.resolve("output"));
      assertTrue(said.startsWith("svscan: fatal: "), said);
    }
  }
}
