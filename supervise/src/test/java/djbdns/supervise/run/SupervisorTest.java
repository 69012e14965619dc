package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.Processes;
import djbdns.posix.ResourceLimits;
import djbdns.runtime.Program;
import djbdns.supervise.status.Details;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {
  private static final int TIMEOUT_MS = 10_000;

  @TempDir private Path directory;

  private boolean isClockBroken;
  private final List<String> thrown = new ArrayList<>();
  private final InstantSource clock =
      () -> {
        if (isClockBroken) {
          isClockBroken = false;
          throw new IllegalStateException("broken clock");
        }
        return Instant.EPOCH;
      };

  private Details details() throws Exception {
    return Details.parse(Files.readString(directory.resolve("supervise/details")));
  }

  /** A mistake while run is started leaves no service that is up without a process. */
  @Test
  void shouldObeyAfterAStartThatThrew() throws Exception {
    Path run = Files.writeString(directory.resolve("run"), "#!/bin/sh\nexec sleep 1000\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    FileSystem files = new FileSystem();
    Descriptors descriptors = new Descriptors();
    Processes processes = new Processes();
    EventLoop loop = new EventLoop(descriptors, System::nanoTime, e -> thrown.add(e.getMessage()));
    Host host =
        new Host(
            new Program("supervise"),
            files,
            descriptors,
            processes,
            new ProcessTable(files),
            loop,
            new Children(processes),
            new Spawner(processes, new ResourceLimits(), List.of("PATH=/usr/bin:/bin")),
            clock);
    ServiceDirectory service =
        ServiceDirectory.open(
            host.supervise(), files, descriptors, FileSystem.CURRENT, directory.toString(), "one");
    Supervisor supervisor = new Supervisor(host, service, List.of(), 0, loop::stop);
    supervisor.start();
    isClockBroken = true;
    loop.schedule(
        TIMEOUT_MS,
        () -> {
          throw new AssertionError("the supervisor does not obey");
        });
    loop.schedule(
        0,
        () -> {
          if (!isClockBroken) {
            supervisor.stop();
          }
        });
    loop.run();
    assertEquals("left", details().phase());
    assertTrue(details().process().isEmpty());
    assertEquals(List.of(), thrown, "what a supervisor's own actions throw is reported there");
  }
}
