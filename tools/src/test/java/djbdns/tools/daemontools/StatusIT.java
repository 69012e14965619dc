package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What svstat makes of every status that a supervisor can have written; who may look. */
final class StatusIT extends SandboxedTest {
  private static final long TAI_OF_THE_EPOCH = (1L << 62) + 10;

  /** The bytes of a file supervise/status; its time is so many seconds ago. */
  private static byte[] status(int secondsAgo, int pid, boolean paused, char want, int more) {
    return ByteBuffer.allocate(18 + more)
        .putLong(TAI_OF_THE_EPOCH + Instant.now().getEpochSecond() - secondsAgo)
        .putInt(0)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(pid)
        .put((byte) (paused ? 1 : 0))
        .put((byte) want)
        .array();
  }

  /** A service whose supervisor is a sleep that has supervise/ok open. */
  private void make(String name, byte[] status, boolean down) throws Exception {
    Service service = sandbox().service(name + "/supervise");
    Files.write(service.file("status"), status);
    if (down) {
      sandbox().service(name).with("down", "");
    }
    new ProcessBuilder("mkfifo", service.file("ok").toString()).start().waitFor();
    Daemon holder = sandbox().start(List.of("sh", "-c", "exec sleep 1000 <>" + service.file("ok")));
    Await.until("sleep", () -> Processes.status(holder.pid(), "Name").equals("sleep"));
  }

  @ForEachSubject
  void shouldSayEveryStatusInWords(Subject subject) throws Exception {
    List<String> names = new ArrayList<>();
    for (int pid : new int[] {0, -2}) {
      for (char want : new char[] {'u', 'd', 0}) {
        for (boolean paused : new boolean[] {false, true}) {
          for (boolean down : new boolean[] {false, true}) {
            names.add("s" + names.size());
            make(names.getLast(), status(-9, pid, paused, want, 0), down);
          }
        }
      }
    }
    List<String> command = new ArrayList<>();
    command.addAll(Sandbox.command(subject, "svstat"));
    command.addAll(names);
    assertEquals(
        new Execution(
            0,
            """
            s0: down 0 seconds, normally up, want up
            s1: down 0 seconds, want up
            s2: down 0 seconds, normally up, want up
            s3: down 0 seconds, want up
            s4: down 0 seconds, normally up
            s5: down 0 seconds
            s6: down 0 seconds, normally up
            s7: down 0 seconds
            s8: down 0 seconds, normally up
            s9: down 0 seconds
            s10: down 0 seconds, normally up
            s11: down 0 seconds
            s12: up (pid 4294967294) 0 seconds
            s13: up (pid 4294967294) 0 seconds, normally down
            s14: up (pid 4294967294) 0 seconds, paused
            s15: up (pid 4294967294) 0 seconds, normally down, paused
            s16: up (pid 4294967294) 0 seconds, want down
            s17: up (pid 4294967294) 0 seconds, normally down, want down
            s18: up (pid 4294967294) 0 seconds, paused, want down
            s19: up (pid 4294967294) 0 seconds, normally down, paused, want down
            s20: up (pid 4294967294) 0 seconds
            s21: up (pid 4294967294) 0 seconds, normally down
            s22: up (pid 4294967294) 0 seconds, paused
            s23: up (pid 4294967294) 0 seconds, normally down, paused
            """,
            ""),
        sandbox().run(command));
  }

  @ForEachSubject
  void shouldReadWhatOtherSupervisorsAppend(Subject subject) throws Exception {
    make("long", status(100_000, 7, false, 'u', 20), false);
    make("short", new byte[17], false);
    make("empty", new byte[0], false);
    String text = sandbox().run(subject, "svstat", "long", "short", "empty").output();
    assertTrue(text.matches("(?s)long: up \\(pid 7\\) 1000[0-9][0-9] seconds\n.*"), text);
    assertEquals(
        List.of(
            "short: unable to read supervise/status: bad format",
            "empty: unable to read supervise/status: bad format"),
        text.lines().skip(1).toList());
  }

  private Execution asNobody(Subject subject, String name, String directory) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    command.addAll(Sandbox.command(subject, name, directory));
    return sandbox().run(command);
  }

  private static void permit(Service service, String permissions) throws Exception {
    Files.setPosixFilePermissions(
        service.directory(), PosixFilePermissions.fromString(permissions));
  }

  /** Whoever may search a directory need not be allowed to read it. */
  @ForEachSubject
  void shouldLetOthersInAsFarAsPermissionsDo(Subject subject) throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can be nobody");
    String denied = "access denied";
    make("searched", status(-9, 7, false, 'u', 0), false);
    permit(sandbox().service("searched"), "rwx--x--x");
    Files.setPosixFilePermissions(
        sandbox().service("searched/supervise").file("ok"),
        PosixFilePermissions.fromString("rw--w--w-"));
    make("closed", status(-9, 7, false, 'u', 0), false);
    permit(sandbox().service("closed"), "rwx------");
    make("inside", status(-9, 7, false, 'u', 0), false);
    permit(sandbox().service("inside/supervise"), "rwx------");

    assertEquals(
        "searched: up (pid 7) 0 seconds\n", asNobody(subject, "svstat", "searched").output());
    assertEquals(0, asNobody(subject, "svok", "searched").exitCode());
    assertEquals(
        "closed: unable to chdir: " + denied + "\n",
        asNobody(subject, "svstat", "closed").output());
    assertEquals(
        "inside: unable to open supervise/ok: " + denied + "\n",
        asNobody(subject, "svstat", "inside").output());
    assertEquals(
        new Execution(111, "", "svok: fatal: unable to chdir to closed: " + denied + "\n"),
        asNobody(subject, "svok", "closed"));
    assertEquals(
        new Execution(111, "", "svok: fatal: unable to open inside/supervise/ok: " + denied + "\n"),
        asNobody(subject, "svok", "inside"));
    assertEquals(
        new Execution(0, "", "svc: warning: unable to control inside: " + denied + "\n"),
        asNobody(subject, "svc", "inside"));
    assertEquals(
        new Execution(0, "", "svc: warning: unable to chdir to closed: " + denied + "\n"),
        asNobody(subject, "svc", "closed"));
    assertEquals(
        new Execution(
            111, "", "supervise: fatal: unable to acquire inside/supervise/lock: " + denied + "\n"),
        asNobody(subject, "supervise", "inside"));
    assertEquals(
        new Execution(111, "", "svscan: fatal: unable to chdir to closed: " + denied + "\n"),
        asNobody(subject, "svscan", "closed"));
  }
}
