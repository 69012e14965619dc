package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The text "Perfect DjbDNS Setup On Ubuntu Server", typed on fresh machines from "Configure
 * Packages" on; each test goes on where the one before has ended. What the text leaves out is
 * filled in: 192.168.1.1 is the host's address, 127.0.0.1 the loopback address, {@code
 * example.test} the zone.
 */
@Timeout(300)
@ExtendWith(SharedInstallation.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UbuntuHowtoIT {
  private static final String LOG = "cat /service/dnscache/log/main/current";
  private static final String ROOT = "/var/lib/svscan/tinydns/root";
  private static final String DATA =
      """
      cat >data <<'END'
      # name servers, and the name of the first one
      .example.test:192.168.1.1:a:259200
      .1.168.192.in-addr.arpa:192.168.1.1:a.ns.example.test:259200
      =ns1.example.test:192.168.1.1:86400
      # mail
      @example.test:192.168.1.25:a:10:86400
      # hosts
      +www.example.test:192.168.1.80:86400
      =mail.example.test:192.168.1.25:86400
      # aliases
      Cftp.example.test:www.example.test:86400
      +web.example.test:192.168.1.80:86400
      END
      """;

  @TempDir private static Path directory;

  private static Lan lan;
  private static Machine server;
  private static Machine client;

  @RegisterExtension
  static final TestExecutionExceptionHandler EXPLAINED =
      (test, failure) -> {
        throw lan.explained(failure);
      };

  @BeforeAll
  static void start(Installation installation) throws Exception {
    lan = Lan.start(Files.createDirectory(directory.resolve("lan")), installation);
    server = lan.server();
    client = lan.client();
  }

  @AfterAll
  static void stop() {
    if (lan != null) {
      lan.close();
    }
  }

  private static void makeUsers(Machine machine) throws Exception {
    for (String user : new String[] {"dnscache", "dnslog", "tinydns"}) {
      machine.output("adduser --no-create-home --disabled-login --shell /bin/false " + user);
    }
  }

  private static String ask(String type, String name) throws Exception {
    return client.output("dig +short " + name + " " + type);
  }

  @Test
  @Order(1)
  void shouldMakeUsers() throws Exception {
    makeUsers(server);
    assertTrue(server.output("getent passwd tinydns").endsWith(":/bin/false\n"));
  }

  @Test
  @Order(2)
  void shouldRunACache() throws Exception {
    server.output("mkdir /var/lib/svscan");
    server.output("dnscache-conf dnscache dnslog /var/lib/svscan/dnscache 192.168.1.1");
    server.output("ln -sf /var/lib/svscan/dnscache /service");
    server.await("ls /service/dnscache", "supervise\n");
    server.await("svstat /service/dnscache", ": up \\(pid [0-9]+\\)");
    server.await(LOG, " starting\n");
  }

  @Test
  @Order(3)
  void shouldServeTheHostItself() throws Exception {
    server.output("echo nameserver 192.168.1.1 >/etc/resolv.conf");
    // The host's own address is not among those that may ask until it is said so.
    server.output("touch /var/lib/svscan/dnscache/root/ip/192.168.1.1");
    assertTrue(server.output("nslookup www.example.org").contains("Address: 203.0.113.80\n"));
    assertEquals("203.0.113.21\n", server.output("dig +short ftp.example.com"));
  }

  @Test
  @Order(4)
  void shouldServeTheSubnetOnceItMay() throws Exception {
    assertEquals(9, client.run("dig +tries=1 +time=1 www.example.org").exitCode());
    server.output("touch /var/lib/svscan/dnscache/root/ip/192.168.1");
    assertEquals("203.0.113.80\n", ask("a", "www.example.org"));
    assertTrue(client.output("getent hosts www.example.org").startsWith("203.0.113.80 "));
    assertEquals(
        9, lan.stranger().run("dig +tries=1 +time=1 @192.168.1.1 www.example.org").exitCode());
  }

  private static String pid(String service) throws Exception {
    return server
        .await("svstat " + service, ": up \\(pid [0-9]+\\)")
        .replaceAll(".*\\(pid |\\).*\n", "");
  }

  /** How often the log says so far that the servers of a name were asked for it. */
  private static long asked(String log, String name) {
    return log.lines().filter(line -> line.matches(".* tx 0 1 " + name + "\\. .*")).count();
  }

  private static void awaitStarted(long times) throws Exception {
    server.await(
        LOG, log -> log.lines().filter(line -> line.endsWith(" starting")).count() == times);
  }

  @Test
  @Order(5)
  void shouldFlushTheCacheAndTakeItsNewSize() throws Exception {
    ask("a", "ftp.example.com");
    server.await(LOG, log -> log.contains(" cached 1 ftp.example.com."));
    final long before = asked(server.output(LOG), "ftp.example.com");
    server.output("echo 2000000 >/var/lib/svscan/dnscache/env/CACHESIZE");
    String old = pid("/service/dnscache");
    server.output("svc -t /service/dnscache");
    awaitStarted(2);
    assertNotEquals(old, pid("/service/dnscache"));
    client.await("dig ftp.example.com a", "\tA\t203.0.113.21\n");
    server.await(LOG, log -> asked(log, "ftp.example.com") > before);
    assertEquals(
        "2000000\n",
        server.output(
            "tr '\\0' '\\n' </proc/"
                + pid("/service/dnscache")
                + "/environ | sed -n s/^CACHESIZE=//p"));
  }

  @Test
  @Order(6)
  void shouldStopAndStartTheCache() throws Exception {
    server.output("svc -d /service/dnscache");
    server.await(
        "svstat /service/dnscache", "^/service/dnscache: down [0-9]+ seconds, normally up\n$");
    assertEquals(9, client.run("dig +tries=1 +time=1 www.example.org").exitCode());
    server.output("svc -u /service/dnscache");
    server.await("svstat /service/dnscache", ": up ");
    awaitStarted(3);
    client.await("dig www.example.org a", "\tA\t203.0.113.80\n");
  }

  @Test
  @Order(7)
  void shouldRunAServerOnTheLoopbackAddress() throws Exception {
    server.output("tinydns-conf tinydns dnslog /var/lib/svscan/tinydns 127.0.0.1");
    server.output("ln -sf /var/lib/svscan/tinydns /service");
    server.await("ls /service/tinydns", "supervise\n");
  }

  @Test
  @Order(8)
  void shouldPublishAZone() throws Exception {
    server.output("cd " + ROOT);
    server.output(DATA);
    server.output("make");
    server.await("svstat /service/tinydns", ": up .* [1-9][0-9]* seconds");
    server.await(
        "dnsq a www.example.test 127.0.0.1", "answer: www.example.test 86400 A 192.168.1.80");
    assertTrue(
        server
            .output("dnsq mx example.test 127.0.0.1")
            .contains("answer: example.test 86400 MX 10 a.mx.example.test\n"));
  }

  @Test
  @Order(9)
  void shouldBindTheZoneIntoTheCache() throws Exception {
    server.output("cd /var/lib/svscan/dnscache/root/servers");
    server.output("echo 127.0.0.1 >example.test");
    server.output("echo 127.0.0.1 >1.168.192.in-addr.arpa");
    server.output("svc -t /service/*");
    awaitStarted(4);
    assertEquals("192.168.1.80\n", client.await("dig +short www.example.test", "192"));
    assertEquals("a.ns.example.test.\n", ask("ns", "example.test"));
    assertEquals("10 a.mx.example.test.\n", ask("mx", "example.test"));
    assertEquals("www.example.test.\n192.168.1.80\n", ask("a", "ftp.example.test"));
    assertEquals("192.168.1.80\n", ask("a", "web.example.test"));
    assertEquals("ns1.example.test.\n", client.output("dig +short -x 192.168.1.1"));
    assertEquals("192.168.1.25    mail.example.test\n", client.output("getent hosts 192.168.1.25"));
    assertEquals(2, client.run("getent hosts missing.example.test").exitCode());
  }

  @Test
  @Order(10)
  void shouldAddLinesByCommand() throws Exception {
    server.output("cd " + ROOT);
    server.output("./add-ns lab.example.test 192.168.1.1");
    server.output("./add-childns far.example.test 192.168.1.2");
    server.output("./add-host printer.example.test 192.168.1.60");
    server.output("./add-alias scanner.example.test 192.168.1.60");
    server.output("./add-mx lab.example.test 192.168.1.25");
    server.output("make");
    server.output("svc -t /service/dnscache");
    awaitStarted(5);
    client.await("dig +short printer.example.test", "^192.168.1.60\n$");
    assertEquals("192.168.1.60\n", ask("a", "scanner.example.test"));
    assertEquals("printer.example.test.\n", client.output("dig +short -x 192.168.1.60"));
    assertEquals("0 a.mx.lab.example.test.\n", ask("mx", "lab.example.test"));
    assertEquals("a.ns.lab.example.test.\n", ask("ns", "lab.example.test"));
    Execution twice = server.run("./add-host printer.example.test 192.168.1.61");
    assertEquals(100, twice.exitCode(), twice.error());
  }

  @Test
  @Order(11)
  void shouldFeedASlave() throws Exception {
    Machine slave = lan.slave();
    makeUsers(slave);
    slave.output("mkdir /var/lib/svscan");
    slave.output("dnscache-conf dnscache dnslog /var/lib/svscan/dnscache 192.168.1.2");
    slave.output("tinydns-conf tinydns dnslog /var/lib/svscan/tinydns 127.0.0.1");
    slave.output("echo 127.0.0.1 >/var/lib/svscan/dnscache/root/servers/example.test");
    slave.output("touch /var/lib/svscan/dnscache/root/ip/192.168.1");
    slave.output(
        """
        cat >/var/lib/svscan/tinydns/root/data <<'END'
        # Do not edit data on this computer! data.cdb is copied from MASTER.
        # The following line protects data.cdb by stopping make.
        9
        END
        """);
    slave.output("ln -sf /var/lib/svscan/dnscache /var/lib/svscan/tinydns /service");
    slave.await("svstat /service/dnscache", ": up ");
    server.output("cd " + ROOT);
    server.output(
        """
        cat >Makefile <<'END'
        remote: data.cdb
        \trsync -az -e ssh data.cdb 192.168.1.2:/service/tinydns/root/data.cdb
        \tssh 192.168.1.2 'svc -t /service/dnscache'

        data.cdb: data
        \t/usr/local/bin/tinydns-data
        \tsvc -t /service/dnscache
        END
        """);
    server.output("./add-host new.example.test 192.168.1.99");
    server.output("make");
    assertEquals(
        server.output("cksum <data.cdb"), slave.output("cksum </service/tinydns/root/data.cdb"));
    client.await("dig +tries=1 +short @192.168.1.2 new.example.test", "^192.168.1.99\n$");
    client.await("dig +tries=1 +short @192.168.1.1 new.example.test", "^192.168.1.99\n$");
  }

  @Test
  @Order(12)
  void shouldProtectTheDataOfTheSlave() throws Exception {
    Machine slave = lan.slave();
    slave.output("cd " + ROOT);
    final String before = slave.output("cksum <data.cdb");
    slave.output("touch data");
    Execution make = slave.run("make");
    assertEquals(2, make.exitCode(), make.output());
    assertTrue(
        make.error()
            .contains(
                "tinydns-data: fatal: unable to parse data line 3: unrecognized leading character"),
        make.error());
    assertEquals(before, slave.output("cksum <data.cdb"));
    assertEquals("192.168.1.80\n", client.output("dig +short @192.168.1.2 www.example.test"));
  }

  @Test
  @Order(13)
  void shouldComeBackFromABackup() throws Exception {
    server.output("cp -p " + ROOT + "/data /root/data.backup");
    server.output("cd /var/lib/svscan && tar cf /root/services.tar dnscache tinydns");
    server.output("rm /service/tinydns && svc -dx tinydns tinydns/log && rm -r tinydns");
    assertEquals(9, server.run("dig +tries=1 +time=1 @127.0.0.1 www.example.test").exitCode());
    server.output("tinydns-conf tinydns dnslog /var/lib/svscan/tinydns 127.0.0.1");
    server.output("cp -p /root/data.backup " + ROOT + "/data");
    server.output("cd " + ROOT + " && make");
    server.output("ln -sf /var/lib/svscan/tinydns /service");
    server.await("dig +tries=1 +time=3 +short @127.0.0.1 new.example.test", "^192.168.1.99\n$");
  }

  @Test
  @Order(14)
  void shouldComeBackFromABackupOfEverything() throws Exception {
    server.output("cd /var/lib/svscan");
    server.output("rm /service/dnscache /service/tinydns");
    server.output("svc -dx dnscache dnscache/log tinydns tinydns/log && rm -r dnscache tinydns");
    server.output("tar xpf /root/services.tar");
    server.output("ln -sf /var/lib/svscan/dnscache /var/lib/svscan/tinydns /service");
    client.await("dig +tries=1 +time=3 +short new.example.test", "^192.168.1.99\n$");
    client.await("dig +tries=1 +time=3 +short www.example.org", "^203.0.113.80\n$");
  }

  @Test
  @Order(15)
  void shouldRunAWall() throws Exception {
    server.output("useradd -d /dev/null -s /bin/false walldns");
    server.output("walldns-conf walldns dnslog /var/lib/svscan/walldns 127.53.0.1");
    server.output("ln -sf /var/lib/svscan/walldns /service");
    server.output("echo 127.53.0.1 >/var/lib/svscan/dnscache/root/servers/2.168.192.in-addr.arpa");
    server.await("dig +tries=1 +time=3 +short @127.53.0.1 -x 192.168.2.7", "in-addr");
    server.output("svc -t /service/dnscache");
    client.await("dig +tries=1 +time=3 +short -x 192.168.2.7", "^7.2.168.192.in-addr.arpa.\n$");
  }

  @Test
  @Order(16)
  void shouldRunAListOfAddresses() throws Exception {
    server.output("useradd -d /dev/null -s /bin/false rbldns");
    server.output("rbldns-conf rbldns dnslog /var/lib/svscan/rbldns 127.53.0.2 rbl.example.test");
    server.output("cd /var/lib/svscan/rbldns/root");
    server.output("printf '192.0.2.0/24\\n:127.0.0.2:listed\\n' >data && make");
    server.output("ln -sf /var/lib/svscan/rbldns /service");
    server.output("echo 127.53.0.2 >/var/lib/svscan/dnscache/root/servers/rbl.example.test");
    server.await("dig +tries=1 +time=3 +short @127.53.0.2 7.2.0.192.rbl.example.test", "127.0.0.2");
    server.output("svc -t /service/dnscache");
    client.await("dig +tries=1 +time=3 +short 7.2.0.192.rbl.example.test", "^127.0.0.2\n$");
  }

  @Test
  @Order(17)
  void shouldTransferTheZone() throws Exception {
    server.output("useradd -d /dev/null -s /bin/false axfrdns");
    server.output(
        "axfrdns-conf axfrdns dnslog /var/lib/svscan/axfrdns "
            + "/var/lib/svscan/tinydns 127.0.0.1");
    server.output("cd /var/lib/svscan/axfrdns");
    server.output("echo '127.:allow,AXFR=\"example.test\"' >tcp && make");
    server.output("svc -t /service/tinydns");
    server.output("ln -sf /var/lib/svscan/axfrdns /service");
    server.await(
        "dig +tries=1 +time=1 @127.0.0.1 example.test axfr", "www.example.test.\t86400\tIN\tA");
    assertTrue(
        server.output("dig @127.0.0.1 1.168.192.in-addr.arpa axfr").contains("Transfer failed"));
  }

  @Test
  @Order(18)
  void shouldStartEverythingAgain() throws Exception {
    String old = pid("/service/axfrdns");
    server.output("svc -t /service/*");
    server.await("svstat /service/axfrdns", line -> !line.contains("(pid " + old + ")"));
    client.await("dig +tries=1 +time=3 +short www.example.test", "^192.168.1.80\n$");
    server.await("svstat /service/* | grep -c ': up (pid [0-9]*) [0-9]* seconds$'", "^5\n$");
  }
}
