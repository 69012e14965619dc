package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Service directories at work: those that the originals make, under our daemontools and theirs, and
 * ours under both. The servers are ours.
 */
@Timeout(300)
final class ConfServicesIT {
  /** Whose programs have made the directories. */
  enum Maker {
    OURS,
    DEBIAN,
    /** As ours, with the run scripts of 1.05 as it writes them. */
    ORIGINAL_105
  }

  /** Whose daemontools run them. */
  enum Toolkit {
    OURS,
    ORIGINAL
  }

  private static final int RESTARTS = Integer.getInteger("djbdns.restarts", 2);

  private static final Path BIN = Suite.launcher("x").getParent();

  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "dnscache", "nobody daemon @/dnscache",
          "tinydns", "nobody daemon @/tinydns 127.0.0.2",
          "walldns", "nobody daemon @/walldns 127.0.0.3",
          "rbldns", "nobody daemon @/rbldns 127.0.0.4 list.test",
          "axfrdns", "nobody daemon @/axfrdns @/tinydns 127.0.0.2");

  private static final Map<String, String> RUN_105 =
      Map.of(
          "dnscache",
              """
              #!/bin/sh
              exec 2>&1
              exec <seed
              exec envdir ./env sh -c '
                exec envuidgid nobody softlimit -o250 -d "$DATALIMIT" /usr/local/bin/dnscache
              '
              """,
          "tinydns",
              """
              #!/bin/sh
              exec 2>&1
              exec envuidgid nobody envdir ./env softlimit -d300000 /usr/local/bin/tinydns
              """,
          "walldns",
              """
              #!/bin/sh
              exec 2>&1
              exec envuidgid nobody envdir ./env softlimit -d250000 /usr/local/bin/walldns
              """,
          "rbldns",
              """
              #!/bin/sh
              exec 2>&1
              exec envuidgid nobody envdir ./env softlimit -d250000 /usr/local/bin/rbldns
              """,
          "axfrdns",
              """
              #!/bin/sh
              exec 2>&1
              exec envdir ./env sh -c '
                exec envuidgid nobody softlimit -d300000 tcpserver -vDRHl0 -x tcp.cdb -- "$IP" 53 \
              /usr/local/bin/axfrdns
              '
              """);

  @TempDir private Path directory;

  private final List<Namespace> namespaces = new ArrayList<>();
  private Path services = Path.of("/nowhere");

  @BeforeEach
  void prepare() throws Exception {
    Namespace.assumePossible();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    services = Files.createDirectory(directory.resolve("etc"));
    namespaces.add(Namespace.create());
  }

  @AfterEach
  void end() throws Exception {
    for (Namespace namespace : namespaces) {
      namespace.endProcesses();
      namespace.close();
    }
  }

  private Namespace namespace() {
    return namespaces.getFirst();
  }

  private static void assumeInstalled(String program, String debianPackage) {
    assumeTrue(
        Files.isExecutable(Path.of(program)),
        "Debian package " + debianPackage + " is not installed");
  }

  private static Map<String, String> environment(Toolkit toolkit) {
    String system = "/usr/sbin:/usr/bin:/sbin:/bin";
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.put("PATH", toolkit == Toolkit.OURS ? BIN + ":" + system : system);
    return environment;
  }

  private void shell(Toolkit toolkit, Path where, String script) throws Exception {
    Execution execution =
        Execution.of(where, environment(toolkit), List.of("/bin/sh", "-c", script));
    assertEquals(0, execution.exitCode(), execution::toString);
  }

  private void make(Toolkit toolkit, Maker maker, String name) throws Exception {
    Path program =
        maker == Maker.DEBIAN
            ? Path.of("/usr/sbin", name + "-conf")
            : Suite.launcher(name + "-conf");
    String arguments = ARGUMENTS.get(name).replace("@", services.toString());
    shell(toolkit, directory, program + " " + arguments);
    Path run = services.resolve(name, "run");
    if (maker == Maker.ORIGINAL_105) {
      Files.writeString(run, RUN_105.get(name));
    }
    // Nothing but the programs' place is not as the original made it.
    shell(
        toolkit,
        services.resolve(name),
        "for f in run root/Makefile root/add-*; do [ ! -f $f ] ||"
            + " sed -i 's#/usr/sbin/#%s/#; s#/usr/local/bin/#%s/#' $f; done".formatted(BIN, BIN));
  }

  private void publish(Toolkit toolkit) throws Exception {
    shell(
        toolkit,
        services.resolve("tinydns/root"),
        "./add-ns example.test 127.0.0.2 && ./add-host www.example.test 192.0.2.1 && make");
    shell(toolkit, services.resolve("rbldns/root"), "echo 192.0.2.1 >data && make");
    shell(
        toolkit,
        services.resolve("axfrdns"),
        "echo '127.:allow,AXFR=\"example.test\"' >tcp && make");
    shell(toolkit, services.resolve("dnscache"), "echo 127.0.0.2 >root/servers/example.test");
  }

  private String dig(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("dig", "+tries=1", "+time=5"));
    command.addAll(List.of(words));
    return namespace().run(directory, command.toArray(String[]::new)).output();
  }

  private String log(String name) throws IOException {
    Path current = services.resolve(name, "log/main/current");
    return Files.exists(current) ? Files.readString(current, ISO_8859_1) : "";
  }

  private void makeAll(Toolkit toolkit, Maker maker) throws Exception {
    for (String name : List.of("dnscache", "tinydns", "walldns", "rbldns", "axfrdns")) {
      make(toolkit, maker, name);
    }
    publish(toolkit);
  }

  /** Starts svscan on links to all of them. */
  private ServerProcess start(Toolkit toolkit) throws Exception {
    Path scanned = Files.createDirectory(directory.resolve("service"));
    for (String name : ARGUMENTS.keySet()) {
      Files.createSymbolicLink(scanned.resolve(name), services.resolve(name));
    }
    String svscan = (toolkit == Toolkit.OURS ? BIN.toString() : "/usr/bin") + "/svscan";
    return namespace()
        .start(
            "svscan",
            List.of(svscan, scanned.toString()),
            environment(toolkit),
            directory.resolve("svscan.log"));
  }

  /** {@code -Ddjbdns.restarts} says how often each is restarted: a thousand take two hours. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void shouldAnswerTheFirstQuestionAfterItIsReady() throws Exception {
    assumeInstalled("/usr/bin/dig", "bind9-dnsutils");
    assumeInstalled("/usr/bin/make", "make");
    makeAll(Toolkit.OURS, Maker.OURS);
    start(Toolkit.OURS);
    Map<String, String[]> questions = new LinkedHashMap<>();
    questions.put("tinydns", new String[] {"@127.0.0.2", "www.example.test", "a"});
    questions.put("axfrdns", new String[] {"@127.0.0.2", "www.example.test", "a", "+tcp"});
    questions.put("dnscache", new String[] {"@127.0.0.1", "localhost", "a"});
    questions.put("walldns", new String[] {"@127.0.0.3", "-x", "192.0.2.9"});
    questions.put("rbldns", new String[] {"@127.0.0.4", "1.2.0.192.list.test", "a"});
    for (String name : questions.keySet()) {
      shell(Toolkit.OURS, directory, "svc -w U -T 60 service/" + name);
    }
    for (int i = 0; i < RESTARTS; i++) {
      for (Map.Entry<String, String[]> question : questions.entrySet()) {
        String name = question.getKey();
        shell(Toolkit.OURS, directory, "svc -t -w U -T 60 service/" + name);
        String answer = dig(question.getValue());
        assertTrue(
            answer.contains("status: NOERROR") && answer.contains("ANSWER: 1,"),
            () -> name + ": " + answer);
      }
    }
    shell(Toolkit.OURS, directory, "svstat -v service/dnscache | grep ready");
  }

  @ParameterizedTest
  @CsvSource({
    "OURS, OURS",
    "OURS, DEBIAN",
    "OURS, ORIGINAL_105",
    "ORIGINAL, OURS",
    "ORIGINAL, DEBIAN",
    "ORIGINAL, ORIGINAL_105"
  })
  void shouldServe(Toolkit toolkit, Maker maker) throws Exception {
    assumeInstalled("/usr/bin/dig", "bind9-dnsutils");
    assumeInstalled("/usr/bin/make", "make");
    if (maker != Maker.OURS) {
      assumeInstalled("/usr/bin/tcpserver", "ucspi-tcp");
      assumeInstalled("/usr/sbin/dnscache-conf", "djbdns-conf");
    }
    if (toolkit == Toolkit.ORIGINAL) {
      assumeInstalled("/usr/bin/svscan", "daemontools");
      assumeInstalled("/usr/bin/tcprules", "ucspi-tcp");
    }
    makeAll(toolkit, maker);
    ServerProcess supervisor = start(toolkit);
    for (String name : List.of("dnscache", "tinydns", "walldns", "rbldns", "axfrdns")) {
      // Behind tcpserver there is an axfrdns for each connection only.
      supervisor.await(() -> log(name).contains("starting") || log(name).contains("status: 0/"));
    }

    assertEquals("192.0.2.1\n", dig("@127.0.0.2", "www.example.test", "a", "+short"));
    assertEquals("192.0.2.1\n", dig("@127.0.0.1", "www.example.test", "a", "+short"));
    assertEquals("9.2.0.192.in-addr.arpa.\n", dig("@127.0.0.3", "-x", "192.0.2.9", "+short"));
    assertEquals("127.0.0.2\n", dig("@127.0.0.4", "1.2.0.192.list.test", "a", "+short"));
    assertEquals("192.0.2.1\n", dig("@127.0.0.2", "www.example.test", "a", "+short", "+tcp"));
    String zone = dig("@127.0.0.2", "example.test", "axfr", "+noall", "+answer");
    assertTrue(zone.contains("www.example.test.") && zone.contains("SOA"), zone);
    assertTrue(log("axfrdns").contains("example.test"), log("axfrdns"));
  }

  @ParameterizedTest
  @EnumSource(Toolkit.class)
  void shouldStartWhatIsMadeInTheScannedDirectory(Toolkit toolkit) throws Exception {
    assumeInstalled("/usr/bin/dig", "bind9-dnsutils");
    assumeTrue(
        toolkit == Toolkit.OURS || Files.isExecutable(Path.of("/usr/bin/svscan")),
        "Debian package daemontools is not installed");
    String svscan = (toolkit == Toolkit.OURS ? BIN.toString() : "/usr/bin") + "/svscan";
    Path output = directory.resolve("svscan.log");
    ServerProcess supervisor =
        namespace()
            .start("svscan", List.of(svscan, services.toString()), environment(toolkit), output);
    make(toolkit, Maker.OURS, "walldns");
    supervisor.await(() -> log("walldns").contains("starting"));
    assertEquals("9.2.0.192.in-addr.arpa.\n", dig("@127.0.0.3", "-x", "192.0.2.9", "+short"));
    assertEquals("", Files.readString(output));
  }
}
