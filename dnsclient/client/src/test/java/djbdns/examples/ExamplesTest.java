package djbdns.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.client.TestCache;
import djbdns.client.nio.ClientConfig;
import djbdns.client.nio.DnsClient;
import djbdns.client.nio.ScriptedServer;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the documentation, and compares it with them. */
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("src/test/java/djbdns/examples");
  private static final Path PAGE = Path.of("../../docs/library.md");

  private static final TestCache CACHE =
      TestCache.of(
          "www.test. 60 A 192.0.2.1",
          "www.test. 60 HTTPS 1 . alpn=h2",
          "mail.test. 60 A 192.0.2.2",
          "alias.test. 60 CNAME www.test.",
          "test. 60 MX 10 mail.test.",
          "test. 60 CAA 0 issue \"ca.test\"",
          "_imaps._tcp.test. 60 SRV 0 0 993 mail.test.",
          "1.2.0.192.in-addr.arpa. 60 PTR www.test.");

  private ScriptedServer server;
  private DnsClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer("127.12.50.31", CACHE::overUdp, CACHE::overTcp);
    client = new DnsClient(ClientConfig.ofSystem().withServers(List.of(server.address())));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private static Path classesOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A process that has the classes of the library and the example, and nothing else. */
  @Test
  void shouldNeedNothingButTheJdk(@TempDir Path directory)
      throws IOException, InterruptedException, URISyntaxException {
    Path example = Path.of("djbdns", "examples", "Blocking.class");
    Files.createDirectories(directory.resolve(example).getParent());
    Files.copy(classesOf(Blocking.class).resolve(example), directory.resolve(example));
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classesOf(DnsClient.class) + ":" + classesOf(Name.class) + ":" + directory,
                Blocking.class.getName(),
                "alias.test")
            .redirectErrorStream(true);
    java.environment().put("DNSCACHEIP", server.address().toString());
    Process process = java.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("192.0.2.1\n", output);
    assertEquals(0, process.waitFor());
  }

  @Test
  void shouldReportErrors() throws IOException, InterruptedException {
    assertEquals("www.test, good for 60 seconds", Errors.report(client, "alias.test"));
    assertEquals("there is no no.test", Errors.report(client, "no.test"));
    assertEquals("test has no addresses", Errors.report(client, "test"));
    client.close();
    assertTrue(Errors.report(client, "test").startsWith("no network"));
  }

  @Test
  void shouldLookUpManyNames() {
    assertEquals(
        Map.of(
            "www.test", "192.0.2.1", "mail.test", "192.0.2.2", "no.test", "no such name: no.test"),
        ManyNames.lookUp(client, List.of("www.test", "mail.test", "no.test")));
  }

  @Test
  void shouldChainFutures() {
    assertEquals("www.test", Futures.nameOfAddress(client, "alias.test").join().toString());
  }

  @Test
  void shouldFindServices() throws InterruptedException {
    assertEquals(List.of("192.0.2.2"), texts(Services.mailHosts(client, "test")));
    assertEquals(List.of("192.0.2.1"), texts(Services.mailHosts(client, "www.test")));
    assertEquals(List.of(), Services.mailHosts(client, "no.test"));
    assertEquals("[/192.0.2.2:993]", Services.servers(client, "_imaps._tcp.test").toString());
    assertEquals(1, Services.bindings(client, "www.test").getFirst().priority());
    assertEquals(
        "[0 issue \"ca.test\"]", Services.records(client, "test", RecordType.CAA).toString());
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  @Test
  void shouldAskOwnServers() throws InterruptedException {
    ServerAddress address = server.address();
    assertEquals(
        List.of("192.0.2.1"),
        texts(OwnServers.ask(address.toString(), "www.test").orElseThrow().addresses()));
  }

  @Test
  void shouldShowInTheManualWhatIsTestedHere() throws IOException {
    Map<String, String> regions = regions();
    List<String> blocks = blocks(Files.readAllLines(PAGE));
    assertTrue(blocks.size() >= 4, "blocks: " + blocks.size());
    for (String block : blocks) {
      assertTrue(regions.containsValue(block), "not of an example:\n" + block);
    }
  }

  /** The Java blocks of a page. */
  private static List<String> blocks(List<String> page) {
    List<String> blocks = new ArrayList<>();
    int start = page.indexOf("```java");
    List<String> left = page;
    while (start >= 0) {
      left = left.subList(start + 1, left.size());
      int end = left.indexOf("```");
      blocks.add(String.join("\n", left.subList(0, end)));
      left = left.subList(end + 1, left.size());
      start = left.indexOf("```java");
    }
    return blocks;
  }

  /** What stands between the marks of each region, without its indentation. */
  private static Map<String, String> regions() throws IOException {
    Map<String, String> regions = new TreeMap<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        addRegions(Files.readAllLines(file), regions);
      }
    }
    return regions;
  }

  private static void addRegions(List<String> lines, Map<String, String> regions) {
    for (int i = 0; i < lines.size(); i++) {
      String mark = "// @start region=\"";
      String line = lines.get(i).strip();
      if (line.startsWith(mark)) {
        int end = i + 1;
        while (!lines.get(end).strip().equals("// @end")) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end));
        regions.put(line.substring(mark.length()), text.stripTrailing().stripIndent());
      }
    }
  }
}
