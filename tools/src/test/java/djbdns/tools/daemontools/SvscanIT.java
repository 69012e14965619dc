package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What svscan takes for a service, and what it makes of changes. */
final class SvscanIT extends SandboxedTest {
  private Path scanned(String name) {
    return sandbox().directory().resolve("scan").resolve(name);
  }

  /** A service outside the scan directory, with a link to it inside. */
  private Service linked(String name) throws Exception {
    Service service = sandbox().service("services/" + name).observed();
    Files.createDirectories(scanned("."));
    Files.createSymbolicLink(scanned(name), service.directory());
    return service;
  }

  private Daemon svscan(Subject subject) throws Exception {
    return sandbox().start(subject, "svscan", "scan");
  }

  @ForEachSubject
  void shouldStartThirtyServicesAndNothingElse(Subject subject) throws Exception {
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      services.add(linked("service " + i));
    }
    Service hidden = linked(".hidden");
    Files.writeString(scanned("file"), "");
    Files.createSymbolicLink(scanned("loop"), Path.of("loop"));
    Files.createSymbolicLink(scanned("dangling"), Path.of("nothing"));
    Daemon svscan = svscan(subject);

    for (Service service : services) {
      service.awaitRecord("start");
    }
    Await.until("two warnings", () -> svscan.log().lines().count() >= 2);
    List<String> warnings = svscan.log().lines().limit(2).sorted().toList();
    assertEquals(
        List.of(
            "svscan: warning: unable to stat dangling: file does not exist",
            "svscan: warning: unable to stat loop: symbolic link loop"),
        warnings);
    assertFalse(Files.exists(hidden.file("supervise")));
  }

  @ForEachSubject
  void shouldRunAServiceWithTwoNamesOnce(Subject subject) throws Exception {
    Service service = linked("one");
    Files.createSymbolicLink(scanned("two"), service.directory());
    Service other = linked("zzz");
    svscan(subject);
    service.awaitRecord("start");
    other.awaitRecord("start");
    service.awaitRecord("start");
  }

  /** Both look every five seconds, and a second service tells that they have. */
  @ForEachSubject
  void shouldGoOnWithWhatHasLostItsName(Subject subject) throws Exception {
    Service renamed = linked("renamed");
    Service removed = linked("removed");
    Service ended = linked("ended");
    Daemon svscan = svscan(subject);
    for (Service service : List.of(renamed, removed, ended)) {
      service.awaitRecord("start");
    }

    Files.move(scanned("renamed"), scanned("other"));
    Files.delete(scanned("removed"));
    Files.delete(scanned("ended"));
    sandbox().run(subject, "svc", "-dx", "services/ended");
    Service later = linked("later");
    later.awaitRecord("start");

    renamed.awaitRecord("start");
    removed.awaitRecord("start");
    assertEquals(100, sandbox().run(subject, "svok", "services/ended").exitCode());
    Processes.signal(removed.notedPid(), "KILL");
    Processes.signal(renamed.notedPid(), "KILL");
    removed.awaitRecord("start", "start");
    renamed.awaitRecord("start", "start");

    Files.createSymbolicLink(scanned("removed"), removed.directory());
    Files.createSymbolicLink(scanned("ended"), ended.directory());
    ended.awaitNoted("start", 2);
    removed.awaitRecord("start", "start");
    assertEquals("", svscan.log());
  }

  @ForEachSubject
  void shouldStartAgainASupervisorThatHasBeenToldToExit(Subject subject) throws Exception {
    Service service = linked("service");
    svscan(subject);
    service.awaitRecord("start");
    sandbox().run(subject, "svc", "-kx", "services/service");
    service.awaitRecord("start", "start");
  }

  @Test
  void shouldOursSeeANewServiceAtOnce() throws Exception {
    Subject.assumeOurs();
    Service first = linked("first");
    svscan(Subject.OURS);
    first.awaitRecord("start");
    for (int i = 0; i < 5; i++) {
      long beforeNs = System.nanoTime();
      linked("new" + i).awaitRecord("start");
      assertTrue(System.nanoTime() - beforeNs < 4_000_000_000L);
    }
  }

  @Test
  void shouldOursLookForARunThatCameLateOnHangup() throws Exception {
    Subject.assumeOurs();
    Service first = linked("first");
    Daemon svscan = svscan(Subject.OURS);
    first.awaitRecord("start");
    Service late = new Service(Files.createDirectories(scanned("late")));
    late.observed();
    svscan.signal("HUP");
    late.awaitRecord("start");
    assertEquals("", svscan.log());
  }

  @Test
  void shouldRefuseADirectoryThatIsAService() throws Exception {
    Subject.assumeOurs();
    Service service = sandbox().service("only").observed();
    Files.createDirectories(service.file("env"));
    Execution execution = sandbox().run(Subject.OURS, "svscan", "only");
    assertEquals(
        new Execution(111, "", "svscan: fatal: unable to scan only: it is a service itself\n"),
        execution);
    assertFalse(Files.exists(service.file("env/supervise")));
  }
}
