package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

  @Test
  void shouldStartServicesAndShowWhatGoesWrong() throws Exception {
    Path healthy = service("healthy", "#!/bin/sh\nenv >environment\nexec sleep 1000000\n");
    service("broken", "#!/nowhere/sh\n");
    try (ServerProcess boot =
        ServerProcess.start(
            "svscanboot",
            List.of(Suite.launcher("svscanboot").toString(), healthy.getParent().toString()),
            Map.of("PATH", "/usr/bin:/bin", "SECRET", "1", "DJBDNS_JAVA", java()),
            directory.resolve("output"))) {
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
      descendant(boot.pid(), line -> line.contains("svscan.jar")).orElseThrow().destroy();
      boot.await(() -> ServiceTree.pid(healthy).isEmpty());
    }
    assertEquals("", Files.readString(directory.resolve("output")));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }
}
