package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A service and its logger: lines keep flowing, and none is lost. */
final class LoggerIT extends SandboxedTest {
  private LoggedService start(Subject subject) throws Exception {
    LoggedService service = LoggedService.in(sandbox(), "scan/sv");
    sandbox().start(subject, "svscan", "scan");
    service.awaitMore();
    return service;
  }

  @ForEachSubject
  void shouldLoseNoLineWhenTheLoggerIsKilled(Subject subject) throws Exception {
    LoggedService service = start(subject);
    for (int i = 1; i <= 2; i++) {
      Processes.signal(service.log().awaitUp(), "KILL");
      service.log().awaitNoted("start", i + 1);
      service.awaitMore();
    }
    sandbox().run(subject, "svc", "-t", "scan/sv/log");
    service.log().awaitNoted("start", 4);
    service.awaitMore();
    // What is in the pipe is not lost, a second of lines each time; what cat had read and not
    // written yet when it ended is.
    assertTrue(service.gaps() <= 3, () -> "lines " + linesOf(service));
    assertTrue(service.missing() <= 60, () -> "lines " + linesOf(service));
    assertEquals(List.of("start"), service.main().record());
  }

  @ForEachSubject
  void shouldKeepTheLoggerWhenTheServiceIsRestarted(Subject subject) throws Exception {
    LoggedService service = start(subject);
    sandbox().run(subject, "svc", "-t", "scan/sv");
    service.main().awaitNoted("start", 2);
    service.awaitMore();
    sandbox().run(subject, "svc", "-k", "scan/sv");
    service.main().awaitNoted("start", 3);
    service.awaitMore();
    assertTrue(service.gaps() <= 2, () -> "lines " + linesOf(service));
    assertEquals(List.of("start"), service.log().record());
  }

  private static String linesOf(LoggedService service) {
    try {
      return Files.readString(service.log().file("lines"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ForEachSubject
  void shouldKeepLinesForALoggerThatIsDown(Subject subject) throws Exception {
    LoggedService service = LoggedService.in(sandbox(), "scan/sv");
    service.log().with("down", "");
    sandbox().start(subject, "svscan", "scan");
    Await.until("lines", () -> service.main().lines("next").equals(List.of("20")));
    assertEquals(0, service.lines());
    sandbox().run(subject, "svc", "-u", "scan/sv/log");
    service.awaitMore();
    assertEquals(0, service.gaps());
  }

  @ForEachSubject
  void shouldConnectOutputOfTheServiceWithInputOfTheLogger(Subject subject) throws Exception {
    LoggedService service = start(subject);
    int main = service.main().awaitUp();
    int log = service.log().awaitUp();
    String pipe = Processes.descriptor(main, 1).orElseThrow();
    assertTrue(pipe.startsWith("pipe:"), pipe);
    assertEquals(pipe, Processes.descriptor(log, 0).orElseThrow());
    assertEquals("/dev/null", Processes.descriptor(main, 0).orElseThrow());
    assertEquals(Processes.descriptor(main, 2), Processes.descriptor(log, 2));
    assertEquals(3, Processes.descriptors(log));
  }
}
