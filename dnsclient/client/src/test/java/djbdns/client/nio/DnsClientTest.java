package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.TestCache;
import djbdns.client.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Lookups on real sockets of the loopback interface, by many callers. */
// Counts the descriptors of the process.
@Isolated
final class DnsClientTest {
  private static final TestCache CACHE =
      TestCache.of(
          "www.test. 60 A 192.0.2.1",
          "www.test. 60 AAAA 2001:db8::1",
          "host.one.test. 60 A 192.0.2.7",
          "a.b.one.test. 60 A 192.0.2.8");
  private static final Lookup<Addresses> WWW = Lookup.ipv4Addresses("www.test");

  private static ScriptedServer server(String address) throws IOException {
    return new ScriptedServer(address, CACHE::overUdp, CACHE::overTcp);
  }

  private static String only(Outcome<Addresses> outcome) {
    List<String> all = new ArrayList<>();
    outcome.orElseThrow().addresses().forEach(address -> all.add(address.getHostAddress()));
    return String.join(" ", all);
  }

  @Test
  void shouldFindBothKindsOfAddresses() throws IOException, InterruptedException {
    try (ScriptedServer server = server("127.12.50.1");
        DnsClient client = new DnsClient(ClientTests.config(server))) {
      assertEquals(
          "2001:db8:0:0:0:0:0:1 192.0.2.1", only(client.ask(Lookup.addresses("www.test"))));
      assertInstanceOf(
          LookupError.NoSuchName.class, ClientTests.error(client.ask(Lookup.texts("no.test"))));
    }
  }

  @Test
  void shouldAskOverTcpAtOnceWhenTold() throws IOException, InterruptedException {
    try (ScriptedServer server = server("127.12.50.1");
        DnsClient client = new DnsClient(ClientTests.config(server).withTransport(Transport.TCP))) {
      assertEquals("192.0.2.1", only(client.ask(WWW)));
      assertEquals(List.of(), server.sourcePorts());
    }
  }

  @Test
  void shouldUseANewPortAndIdForEveryPacket() throws Exception {
    int packets = 400;
    List<Integer> ids = Collections.synchronizedList(new ArrayList<>());
    try (ScriptedServer server =
            new ScriptedServer(
                "127.12.50.2",
                query -> {
                  ids.add((query[0] & 0xff) << 8 | (query[1] & 0xff));
                  return CACHE.overUdp(query);
                },
                CACHE::overTcp);
        DnsClient client = new DnsClient(ClientTests.config(server))) {
      askAll(client, packets);
      // Of 400 among 64510 about one pair is equal by chance; ten pairs are not.
      assertSpread(ids, packets);
      assertSpread(server.sourcePorts(), packets);
      server.sourcePorts().forEach(port -> assertTrue(port >= 1025, "port " + port));
    }
  }

  private static void assertSpread(List<Integer> values, int packets) {
    assertEquals(packets, values.size());
    assertTrue(new HashSet<>(values).size() >= packets - 10, "equal: " + values);
    for (int quarter = 0; quarter < 4; quarter++) {
      int low = quarter * 0x4000;
      long inside = values.stream().filter(value -> value >= low && value < low + 0x4000).count();
      assertTrue(inside > packets / 8, inside + " of " + packets + " from " + low);
    }
  }

  private static void askAll(DnsClient client, int count) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome<Addresses>>> outcomes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        outcomes.add(threads.submit(() -> client.ask(WWW)));
      }
      for (Future<Outcome<Addresses>> outcome : outcomes) {
        assertEquals("192.0.2.1", only(outcome.get()));
      }
    }
  }

  @Test
  void shouldKeepToTheNumberOfQueriesAtTheSameTime() throws Exception {
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server = server("127.12.50.3");
        DnsClient client = new DnsClient(ClientTests.config(server).withMaxConcurrent(10))) {
      int before = ClientTests.descriptors();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 1_000; i++) {
          threads.submit(() -> {
            Outcome<Addresses> outcome = client.ask(WWW);
            most.accumulateAndGet(ClientTests.descriptors() - before, Math::max);
            return only(outcome);
          });
        }
      }
      assertEquals(1_000, server.sourcePorts().size());
      // Sockets that have ended are closed a moment later; the rest is the selector's.
      assertTrue(most.get() <= 2 * 10 + 8, most + " descriptors");
    }
  }

  @Test
  void shouldLetWhatDependsOnAFutureBlockAndAsk() throws Exception {
    try (ScriptedServer server = server("127.12.50.4");
        DnsClient client = new DnsClient(ClientTests.config(server).withMaxConcurrent(1))) {
      CompletableFuture<String> twice =
          client
              .askAsync(WWW)
              .thenApply(first -> only(first) + " " + only(ClientTests.uninterrupted(client, WWW)));
      assertEquals("192.0.2.1 192.0.2.1", twice.get());
      CompletableFuture<String> chained =
          client
              .askAsync(WWW)
              .thenCompose(_ -> client.askAsync(WWW))
              .thenApply(DnsClientTest::only);
      assertEquals("192.0.2.1", chained.get());
    }
  }

  @Test
  void shouldRunWhatDependsOnAFutureInAVirtualThread() throws Exception {
    CompletableFuture<List<byte[]>> reply = new CompletableFuture<>();
    CompletableFuture<byte[]> asked = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                "127.12.50.4",
                query -> {
                  asked.complete(query);
                  return reply.join();
                },
                CACHE::overTcp);
        DnsClient client = new DnsClient(ClientTests.config(server))) {
      CompletableFuture<Boolean> virtual =
          client.askAsync(WWW).thenApply(_ -> Thread.currentThread().isVirtual());
      reply.complete(CACHE.overUdp(asked.get()));
      assertTrue(virtual.get());
    }
  }

  private static ClientConfig withSettings(Map<String, String> environment, String resolvConf) {
    return new ClientConfig(
        new ClientTests.MapSettings(environment, Map.of("/etc/resolv.conf", resolvConf)),
        List.of(),
        new KernelRandom(),
        Duration.ofSeconds(20),
        10,
        Transport.UDP);
  }

  @Test
  void shouldAskTheCachesOfTheEnvironment() throws IOException, InterruptedException {
    try (ScriptedServer server = server("127.12.50.5");
        DnsClient client =
            new DnsClient(
                withSettings(
                    Map.of("DNSCACHEIP", server.address().toString()),
                    "nameserver 127.12.50.99\noptions timeout:30 attempts:1\n"))) {
      assertEquals("192.0.2.1", only(client.ask(WWW)));
    }
  }

  @Test
  void shouldQualifyNamesByResolvConf() throws IOException, InterruptedException {
    try (ScriptedServer server = server("127.12.50.5");
        DnsClient client =
            new DnsClient(
                withSettings(Map.of(), "search one.test\noptions ndots:2 timeout:30 attempts:1\n")
                    .withServers(List.of(server.address())))) {
      assertEquals("192.0.2.7", only(client.ask(Lookup.ipv4Addresses("host").qualified())));
      assertEquals("192.0.2.8", only(client.ask(Lookup.ipv4Addresses("a.b").qualified())));
      assertInstanceOf(
          LookupError.NoSuchName.class,
          ClientTests.error(client.ask(Lookup.ipv4Addresses("host"))));
    }
  }

  @Test
  void shouldKeepToTimeoutAndAttemptsOfResolvConf() throws IOException, InterruptedException {
    try (ScriptedServer silent = new ScriptedServer("127.12.50.6", _ -> List.of(), CACHE::overTcp);
        DnsClient client =
            new DnsClient(
                withSettings(Map.of(), "options timeout:1 attempts:1\n")
                    .withServers(List.of(silent.address())))) {
      assertEquals(new LookupError.TimedOut(), ClientTests.error(client.ask(WWW)));
      assertEquals(1, silent.sourcePorts().size());
    }
  }

  @Test
  void shouldSayThatAFileCannotBeRead() throws InterruptedException {
    try (DnsClient client =
        new DnsClient(withSettings(Map.of(), ClientTests.MapSettings.UNREADABLE))) {
      LookupError.Unreachable error =
          assertInstanceOf(LookupError.Unreachable.class, ClientTests.error(client.ask(WWW)));
      assertTrue(error.message().contains("/etc/resolv.conf"), error.message());
    }
  }

  @Test
  void shouldSpareTheNetworkIfNothingIsToBeAsked() throws InterruptedException, ExecutionException {
    try (DnsClient client = new DnsClient(ClientTests.config())) {
      assertEquals("192.0.2.1", only(client.ask(Lookup.addresses("192.0.2.1"))));
      assertEquals("192.0.2.1", only(client.askAsync(Lookup.addresses("192.0.2.1")).get()));
      assertInstanceOf(
          LookupError.Malformed.class, ClientTests.error(client.ask(Lookup.texts("x".repeat(64)))));
    }
  }
}
