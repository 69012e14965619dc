package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Debugger.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What each daemon has given up when it serves, seen from outside and tried from inside. */
@Timeout(300)
final class ConfinementIT {
  static final List<String> DAEMONS = ConfinedService.DAEMONS;

  private static final String NOBODY = "65534\t65534\t65534\t65534";
  private static final String NO_CAPABILITIES = "0000000000000000";
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int ENOSYS = 38;
  private static final int EAFNOSUPPORT = 97;

  @TempDir private Path directory;

  @BeforeEach
  void assumeRoot() throws IOException {
    assumeTrue(TinydnsProcess.isRoot(), "only root has privileges to drop");
    ConfinedService.assumeDig();
  }

  /** proc(5)'s status of every thread. */
  private static List<Map<String, String>> threads(ServerProcess server) throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + server.pid() + "/task"))) {
      for (Path task : tasks.toList()) {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(task.resolve("status"))) {
          String[] field = line.split(":", 2);
          status.put(field[0], field[1].strip());
        }
        all.add(status);
      }
    }
    return all;
  }

  private static void assertConfined(ServerProcess server) throws IOException {
    List<Map<String, String>> threads = threads(server);
    assertTrue(threads.size() > 5, "threads of a JVM");
    for (Map<String, String> thread : threads) {
      String name = thread.get("Name");
      assertEquals(NOBODY, thread.get("Uid"), name);
      assertEquals(NOBODY, thread.get("Gid"), name);
      assertEquals("", thread.get("Groups"), name);
      assertEquals("1", thread.get("NoNewPrivs"), name);
      assertEquals("2", thread.get("Seccomp"), name);
      for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
        assertEquals(NO_CAPABILITIES, thread.get(set), name);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("DAEMONS")
  void shouldHaveGivenUpEverythingOnEveryThread(String daemon) throws Exception {
    ConfinedService service = new ConfinedService(daemon, directory);
    try (ServerProcess server = service.start()) {
      assertConfined(server);
      assertEquals(
          service.root().toRealPath(),
          Files.readSymbolicLink(Path.of("/proc/" + server.pid() + "/root")));
      service.load();
      assertConfined(server);
      assertTrue(service.answers());
      assertTrue(server.logged(line -> line.contains("warning")).isEmpty());
    }
  }

  private static List<Attempt> attempts(long other) {
    return List.of(
        new Attempt("open", "/etc/passwd", "2, $text"),
        new Attempt("openat", "../../../../../etc/passwd", "257, -100, $text"),
        new Attempt("execve", "/bin/sh", "59, $text"),
        new Attempt("execveat", "/bin/sh", "322, -100, $text"),
        new Attempt("fork", "", "57"),
        new Attempt("vfork", "", "58"),
        new Attempt("clone", "", "56, 17"),
        new Attempt("clone3", "", "435, $text, 88"),
        new Attempt("setuid", "", "105, 0"),
        new Attempt("setresuid", "", "117, 0, 0, 0"),
        new Attempt("setgid", "", "106, 0"),
        new Attempt("setgroups", "", "116, 0, 0"),
        new Attempt("chroot", "/", "161, $text"),
        new Attempt("ptrace", "", "101, 16, " + other),
        new Attempt("socket AF_UNIX", "", "41, 1, 1, 0"),
        new Attempt("socket AF_NETLINK", "", "41, 16, 3, 0"),
        new Attempt("socket AF_PACKET", "", "41, 17, 3, 0"),
        new Attempt("unshare", "", "272, 0x10000000"),
        new Attempt("mount", "/", "165, $text, $text, $text"),
        new Attempt("keyctl", "", "250, 0, -3, 0"),
        new Attempt("bpf", "", "321, 0, 0, 0"),
        new Attempt("io_uring_setup", "", "425, 1, $text"),
        new Attempt("perf_event_open", "", "298, $text, 0, -1, -1, 0"),
        new Attempt("kill", "", "62, " + other + ", 9"),
        new Attempt("tgkill", "", "234, " + other + ", " + other + ", 9"),
        new Attempt("mknod", "/device", "133, $text, 020666, 0x103"));
  }

  private static int expected(String attempt) {
    return switch (attempt) {
      case "open", "openat" -> ENOENT;
      case "clone3" -> ENOSYS;
      default -> attempt.startsWith("socket ") ? EAFNOSUPPORT : EPERM;
    };
  }

  @ParameterizedTest
  @FieldSource("DAEMONS")
  void shouldNotGetOutFromInside(String daemon) throws Exception {
    Debugger.assumeUsable();
    ConfinedService service = new ConfinedService(daemon, directory);
    String setuidgid = Suite.launcher("setuidgid").toString();
    ProcessBuilder builder = new ProcessBuilder(setuidgid, "nobody", "/bin/sleep", "1000");
    builder.environment().putAll(TinydnsProcess.JAVA_ENVIRONMENT);
    Process sameUser = builder.start();
    try (ServerProcess server = service.start()) {
      List<Attempt> attempts = attempts(sameUser.pid());
      Map<String, Integer> expected = new LinkedHashMap<>();
      attempts.forEach(attempt -> expected.put(attempt.name(), expected(attempt.name())));
      assertEquals(expected, Debugger.make(directory, server.pid(), attempts));
      assertTrue(sameUser.isAlive());
      assertConfined(server);
      assertTrue(service.answers());
    } finally {
      sameUser.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldKeepNoNewPrivilegesWithoutTheFilter() throws Exception {
    ConfinedService service = new ConfinedService("tinydns", directory);
    service.set("SECCOMP", "0");
    try (ServerProcess server = service.start()) {
      for (Map<String, String> thread : threads(server)) {
        assertEquals("1", thread.get("NoNewPrivs"), thread.get("Name"));
      }
      Debugger.assumeUsable();
      List<Attempt> attempts =
          List.of(
              new Attempt("execve", "/bin/sh", "59, $text"),
              new Attempt("socket AF_UNIX", "", "41, 1, 1, 0"),
              new Attempt("setuid", "", "105, 0"));
      assertEquals(
          Map.of("execve", ENOENT, "socket AF_UNIX", 0, "setuid", EPERM),
          Debugger.make(directory, server.pid(), attempts));
      assertTrue(service.answers());
    }
  }

  @Test
  void shouldFilterForAnOrdinaryUserAndSayThatThereIsNoChroot() throws Exception {
    ConfinedService service = new ConfinedService("tinydns", directory);
    try (ServerProcess server = service.start("setuidgid nobody", "")) {
      for (Map<String, String> thread : threads(server)) {
        assertEquals(NOBODY, thread.get("Uid"));
        assertEquals("1", thread.get("NoNewPrivs"));
        assertEquals("2", thread.get("Seccomp"));
      }
      assertEquals(
          List.of(
              "tinydns: warning: not started as root: running without chroot in " + service.root()),
          server.log().stream().filter(line -> line.contains("warning")).toList());
      assertTrue(service.answers());
    }
  }

  @Test
  void shouldRefuseAnotherValueThanZeroAndOne() throws Exception {
    ConfinedService service = new ConfinedService("walldns", directory);
    service.set("SECCOMP", "no");
    Execution execution =
        Execution.of(
            directory,
            Map.of(
                "DJBDNS_JAVA", TinydnsProcess.JAVA_ENVIRONMENT.get("DJBDNS_JAVA"),
                "PATH", "/usr/bin:/bin",
                "UID", "65534",
                "GID", "65534"),
            List.of(
                Suite.launcher("envdir").toString(),
                "./env",
                Suite.launcher("walldns").toString()));
    assertEquals(111, execution.exitCode());
    assertEquals("walldns: fatal: unable to parse $SECCOMP: no\n", execution.error());
  }
}
