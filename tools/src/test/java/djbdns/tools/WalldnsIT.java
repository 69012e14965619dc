package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite's walldns as a process, asked by dig over UDP and TCP. */
@Timeout(120)
final class WalldnsIT {
  private static final String IP = "127.58.0.3";
  private static final String IP6 =
      "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);

  @BeforeEach
  void makeEnvironment() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dig")), "bind9-dnsutils is not installed");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("IP", IP);
    environment.put("PORT", Integer.toString(TinydnsProcess.freePort(InetAddress.ofLiteral(IP))));
    environment.put("ROOT", directory.toString());
    if (TinydnsProcess.isRoot()) {
      environment.put("UID", "65534");
      environment.put("GID", "65534");
    }
  }

  private ServerProcess start() throws Exception {
    List<String> command = List.of(Suite.launcher("walldns").toString());
    ServerProcess server =
        ServerProcess.start("walldns", command, environment, directory.resolve("log"));
    server.awaitLogged("starting walldns");
    return server;
  }

  private String dig(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("dig", "@" + IP, "-p", environment.get("PORT")));
    command.addAll(List.of("+tries=1", "+time=20", "+noall", "+comments", "+answer"));
    command.addAll(List.of(words));
    return Execution.of(directory, environment, command).output();
  }

  private static List<String> answers(String output) {
    return output
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith(";"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"+notcp", "+tcp"})
  void shouldAnswerReverseQuestionsOverUdpAndTcp(String transport) throws Exception {
    try (ServerProcess server = start()) {
      assertEquals(
          List.of("4.3.2.1.in-addr.arpa. 655360 IN PTR 4.3.2.1.in-addr.arpa."),
          answers(dig(transport, "-x", "1.2.3.4")));
      assertEquals(
          List.of(IP6 + ". 655360 IN PTR " + IP6 + "."),
          answers(dig(transport, "-x", "2001:db8::1")));
      assertEquals(
          List.of(IP6 + ". 655360 IN AAAA 2001:db8::1"), answers(dig(transport, IP6, "AAAA")));
      assertEquals(
          List.of("1.2.3.4. 655360 IN A 1.2.3.4"), answers(dig(transport, "1.2.3.4", "A")));
      assertTrue(dig(transport, "2.1.in-addr.arpa", "NS").contains("status: NOERROR"));
      assertTrue(dig(transport, "www.example.test", "A").contains("status: REFUSED"));
      assertTrue(server.isAlive());
    }
  }

  @Test
  void shouldAnswerAsTheOriginalIfAskedTo() throws Exception {
    environment.put("COMPAT", "1.05");
    try (ServerProcess server = start()) {
      assertEquals(
          List.of("4.3.2.1.in-addr.arpa. 655360 IN PTR 4.3.2.1.in-addr.arpa."),
          answers(dig("-x", "1.2.3.4")));
      assertTrue(dig("-x", "2001:db8::1").contains("status: REFUSED"));
      String line = "[0-9a-f]{8}:[0-9a-f]{4}:[0-9a-f]{4} \\+ 000c ";
      server.await(() -> server.logged(text -> text.matches(line + ".*ip6\\.arpa")).isPresent());
      assertTrue(server.logged(text -> text.matches(line + "4.3.2.1.in-addr.arpa")).isPresent());
    }
  }
}
