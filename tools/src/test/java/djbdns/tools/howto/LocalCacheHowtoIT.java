package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;

/**
 * The text "Running a Local Caching Name Server with djbdns", typed on a fresh machine from its
 * first command to its last; each test goes on where the one before has ended.
 */
@Timeout(300)
@ExtendWith(SharedInstallation.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LocalCacheHowtoIT {
  private static final String LOG = "cat /etc/dnscache/log/main/current";

  private static final String SOCKETS = "ss -Hlnp -u -t 'src 192.168.1.1 and sport = :53'";

  @TempDir private static Path directory;

  private static Lan lan;
  private static Machine server;

  @RegisterExtension
  static final TestExecutionExceptionHandler EXPLAINED =
      (test, failure) -> {
        throw lan.explained(failure);
      };

  @BeforeAll
  static void start(Installation installation) throws Exception {
    lan = Lan.start(Files.createDirectory(directory.resolve("lan")), installation);
    server = lan.server();
  }

  @AfterAll
  static void stop() {
    if (lan != null) {
      lan.close();
    }
  }

  @Test
  @Order(1)
  void shouldHaveNothingOfTheOriginals() throws Exception {
    String programs =
        "dnscache dnscache-conf tinydns tinydns-data envdir envuidgid softlimit svscan svc svstat "
            + "multilog setuidgid dnsqr";
    assertEquals(
        "",
        server.output(
            "for i in "
                + programs
                + "; do command -v $i; done | grep -v ^/usr/local/bin/"
                + " || :"));
    assertEquals(2, server.run("getent passwd dnscache dnslog tinydns").exitCode());
  }

  @Test
  @Order(2)
  void shouldBeConfigured() throws Exception {
    server.output("useradd -d /dev/null -s /bin/false dnscache");
    server.output("useradd -d /dev/null -s /bin/false dnslog");
    server.output("dnscache-conf dnscache dnslog /etc/dnscache 192.168.1.1");
    server.output("touch /etc/dnscache/root/ip/192.168.1");
    server.output("ln -s /etc/dnscache /service");
  }

  @Test
  @Order(3)
  void shouldRun() throws Exception {
    server.await(
        "svstat /service/dnscache", "^/service/dnscache: up \\(pid [0-9]+\\) [0-9]+ seconds\n$");
    server.await(LOG, "@[0-9a-f]{24} starting\n");
  }

  @Test
  @Order(4)
  void shouldAnswerQueries() throws Exception {
    String answer = server.output("env DNSCACHEIP=192.168.1.1 dnsqr a www.example.com");
    assertTrue(
        answer.matches(
            """
            1 www.example.com:
            [0-9]+ bytes, 1\\+3\\+0\\+0 records, response, noerror
            query: 1 www.example.com
            answer: www.example.com [0-9]+ CNAME web.example.org
            answer: web.example.org [0-9]+ A 203.0.113.8[01]
            answer: web.example.org [0-9]+ A 203.0.113.8[01]
            """),
        answer);
  }

  @Test
  @Order(5)
  void shouldServeTheClients() throws Exception {
    Machine client = lan.client();
    assertEquals("203.0.113.80\n", client.output("dig +short www.example.org"));
    assertTrue(client.output("nslookup ftp.example.com").contains("Address: 203.0.113.21\n"));
    assertTrue(
        client.output("getent hosts www.example.com").matches("(203\\.0\\.113\\.8[01] .*\n)+"));
    assertEquals(2, client.run("getent hosts missing.example.com").exitCode());
    assertTrue(client.output("dig +tcp ftp.example.com").contains("203.0.113.21"));
  }

  @Test
  @Order(6)
  void shouldBeSilentForOthers() throws Exception {
    String answer =
        lan.stranger().run("dig +tries=1 +time=1 @192.168.1.1 www.example.org").output();
    assertTrue(answer.contains("timed out"), answer);
    assertEquals(
        2,
        lan.stranger()
            .run("RES_OPTIONS='attempts:1 timeout:1' getent hosts www.example.org")
            .exitCode());
  }

  @Test
  @Order(7)
  void shouldSayWhyItDoesNotStayUpWhereOneWasStartedByHand() throws Exception {
    server.output("svc -d -w d -T 20 /service/dnscache");
    server.output("cd /etc/dnscache && ./run </dev/null >/dev/null 2>&1 &");
    server.await(SOCKETS, "\\(\"dnscache\",pid=");
    final List<String> byHand = owners();
    server.output("svc -u /service/dnscache");
    awaitRestarts("/service/dnscache");
    assertEquals(byHand, owners());
    assertNotEquals(byHand, List.of(pid("/service/dnscache")));
  }

  @Test
  @Order(8)
  void shouldStayUpOnceAllAreKilled() throws Exception {
    // There is no process called supervise; svscan does its work.
    server.run("killall supervise dnscache");
    server.await("svstat /service/dnscache", ": up \\(pid [0-9]+\\) ([3-9]|[1-9][0-9]+) seconds");
    server.output("svc -w U -T 60 /service/dnscache");
    assertEquals(List.of(pid("/service/dnscache")), owners());
    assertEquals("203.0.113.80\n", lan.client().output("dig +short www.example.org"));
  }

  @Test
  @Order(9)
  void shouldSayWhyASecondServiceDoesNotStayUp() throws Exception {
    final String first = pid("/service/dnscache");
    server.output("dnscache-conf dnscache dnslog /etc/dnscache2 192.168.1.1");
    server.output("ln -s /etc/dnscache2 /service");
    awaitRestarts("/service/dnscache2");
    assertEquals(List.of(first), owners());
    server.output("rm /service/dnscache2 && svc -dx /etc/dnscache2 /etc/dnscache2/log");
    server.await("svstat /etc/dnscache2", "supervise not running");
    assertEquals(first, pid("/service/dnscache"));
    assertEquals(List.of(first), owners());
    assertEquals("203.0.113.80\n", lan.client().output("dig +short www.example.org"));
  }

  /** A service that never gets beyond a second, and whose log has the reason. */
  private static void awaitRestarts(String service) throws Exception {
    server.await(
        "cat " + service + "/log/main/current",
        "(dnscache: fatal: unable to bind UDP socket: address already used \\(.*\n(.*\n)*.*){2}");
    String pid = pid(service);
    server.await("svstat " + service, ": up \\(pid (?!" + pid + "\\))[0-9]+\\) [01] seconds\n$");
  }

  private static String pid(String service) throws Exception {
    return server
        .await("svstat " + service, ": up \\(pid [0-9]+\\)")
        .replaceAll(".*\\(pid |\\).*\n", "");
  }

  /** Which processes have the cache's address, as netstat and ss say; ss by their names. */
  private static List<String> owners() throws Exception {
    List<String> owners = found("\"dnscache\",pid=([0-9]+)", SOCKETS);
    assertEquals(owners, found("192\\.168\\.1\\.1:53 .* ([0-9]+)/", "netstat -nap"));
    return owners;
  }

  private static List<String> found(String pattern, String command) throws Exception {
    return Pattern.compile(pattern)
        .matcher(server.output(command))
        .results()
        .map(owner -> owner.group(1))
        .distinct()
        .toList();
  }
}
