package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.ServerAddress;
import djbdns.client.TestCache;
import djbdns.wire.Rcode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Loss, delay, lies and silence, on real sockets of the loopback interface. */
final class DnsClientTroubleTest {
  private static final TestCache TRUTH = TestCache.of("www.test. 60 A 192.0.2.1");
  private static final TestCache LIE = TestCache.of("www.test. 60 A 192.0.2.66");
  private static final TestCache LONG =
      TestCache.of("www.test. 60 TXT " + ("\"" + "x".repeat(250) + "\" ").repeat(8));
  private static final Lookup<Addresses> WWW = Lookup.ipv4Addresses("www.test");

  private static ScriptedServer server(Function<byte[], List<byte[]>> overUdp) throws IOException {
    return new ScriptedServer("127.12.50.11", overUdp, TRUTH::overTcp);
  }

  private static List<byte[]> silent(byte[] query) {
    assertTrue(query.length > 0);
    return List.of();
  }

  private static byte[] truth(byte[] query) {
    return TRUTH.overUdp(query).getFirst();
  }

  private static byte[] lie(byte[] query) {
    return LIE.overUdp(query).getFirst();
  }

  private static byte[] servfail(byte[] query) {
    return with(truth(query), 3, 2);
  }

  /** The packet with the bits of {@code mask} turned over in one byte. */
  private static byte[] with(byte[] packet, int index, int mask) {
    byte[] changed = packet.clone();
    changed[index] ^= (byte) mask;
    return changed;
  }

  private static Outcome<Addresses> ask(ScriptedServer... servers) throws InterruptedException {
    return ask(ClientTests.config(servers));
  }

  private static Outcome<Addresses> ask(ClientConfig config) throws InterruptedException {
    try (DnsClient client = new DnsClient(config)) {
      return client.ask(WWW);
    }
  }

  private static void assertTruth(Outcome<Addresses> outcome) {
    assertEquals(
        List.of("192.0.2.1"),
        outcome.orElseThrow().addresses().stream().map(InetAddress::getHostAddress).toList());
  }

  @Test
  void shouldAskAgainWhenPacketsAreLost() throws IOException, InterruptedException {
    AtomicInteger lost = new AtomicInteger();
    try (ScriptedServer server =
        server(query -> lost.getAndIncrement() < 2 ? List.of() : List.of(truth(query)))) {
      assertTruth(
          ask(ClientTests.config("options timeout:1 attempts:3\n", List.of(server.address()))));
      assertEquals(3, server.sourcePorts().size());
    }
  }

  @Test
  void shouldTakeTheReplyOfTheSecondServerIfTheFirstIsSilent()
      throws IOException, InterruptedException {
    try (ScriptedServer silent = server(DnsClientTroubleTest::silent);
        ScriptedServer server = server(TRUTH::overUdp)) {
      assertTruth(ask(ClientTests.impatient(silent, server)));
    }
  }

  @Test
  void shouldIgnoreWhatComesAfterTheReply() throws IOException, InterruptedException {
    try (ScriptedServer server = server(query -> List.of(truth(query), truth(query), lie(query)))) {
      assertTruth(ask(server));
    }
  }

  @Test
  void shouldMatchRepliesThatComeInAnotherOrder() throws Exception {
    TestCache many =
        TestCache.of(
            "a.test. 60 A 192.0.2.10", "b.test. 60 A 192.0.2.11", "c.test. 60 A 192.0.2.12");
    InetAddress local = InetAddress.getByName("127.12.50.12");
    try (DatagramSocket server = new DatagramSocket(0, local)) {
      ServerAddress address = new ServerAddress(local.getAddress(), server.getLocalPort());
      try (DnsClient client =
          new DnsClient(ClientTests.config("options timeout:20 attempts:1\n", List.of(address)))) {
        List<CompletableFuture<Outcome<Addresses>>> outcomes = new ArrayList<>();
        for (String name : List.of("a.test", "b.test", "c.test")) {
          outcomes.add(client.askAsync(Lookup.ipv4Addresses(name)));
        }
        List<DatagramPacket> queries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          DatagramPacket query = new DatagramPacket(new byte[512], 512);
          server.receive(query);
          queries.add(query);
        }
        for (DatagramPacket query : queries.reversed()) {
          byte[] reply = many.overUdp(Arrays.copyOf(query.getData(), query.getLength())).getFirst();
          server.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
        }
        List<String> texts = new ArrayList<>();
        for (CompletableFuture<Outcome<Addresses>> outcome : outcomes) {
          texts.add(outcome.get().orElseThrow().addresses().getFirst().getHostAddress());
        }
        assertEquals(List.of("192.0.2.10", "192.0.2.11", "192.0.2.12"), texts);
      }
    }
  }

  @Test
  void shouldFetchALongAnswerOverTcp() throws IOException, InterruptedException {
    try (ScriptedServer server = new ScriptedServer("127.12.50.13", LONG::overUdp, LONG::overTcp);
        DnsClient client = new DnsClient(ClientTests.config(server))) {
      assertEquals(
          8, client.ask(Lookup.texts("www.test")).orElseThrow().data().getFirst().strings().size());
    }
  }

  @Test
  void shouldGoOnToTheNextServerIfTcpIsCut() throws IOException, InterruptedException {
    try (ScriptedServer cutting =
            new ScriptedServer(
                "127.12.50.13",
                LONG::overUdp,
                query -> List.of(Arrays.copyOf(LONG.overTcp(query).getFirst(), 600)));
        ScriptedServer server = new ScriptedServer("127.12.50.13", LONG::overUdp, LONG::overTcp)) {
      try (DnsClient client = new DnsClient(ClientTests.config(cutting, server))) {
        assertEquals(1, client.ask(Lookup.texts("www.test")).orElseThrow().data().size());
      }
      try (DnsClient client = new DnsClient(ClientTests.config(cutting))) {
        assertEquals(
            new LookupError.TimedOut(), ClientTests.error(client.ask(Lookup.texts("www.test"))));
      }
    }
  }

  @Test
  void shouldIgnoreLies() throws IOException, InterruptedException {
    TestCache other = TestCache.of("wwx.test. 60 A 192.0.2.66");
    try (ScriptedServer server =
        server(query ->
            List.of(
                with(lie(query), 0, 1),
                with(lie(query), 1, 0x80),
                // QR=0, and another opcode.
                with(lie(query), 2, 0x80),
                with(lie(query), 2, 0x08),
                // Another name, type or class, and no question at all.
                other.overUdp(with(query, 15, 'w' ^ 'x')).getFirst(),
                with(lie(query), query.length - 3, 0x10),
                with(lie(query), query.length - 1, 0x02),
                with(lie(query), 5, 1),
                Arrays.copyOf(lie(query), 11),
                new byte[] {1},
                "garbage that is no packet at all".getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(lie(query), 513),
                truth(query)))) {
      assertTruth(ask(server));
      assertEquals(1, server.sourcePorts().size());
    }
  }

  @Test
  void shouldTakeAQuestionInOtherLetterCase() throws IOException, InterruptedException {
    try (ScriptedServer server = server(query -> List.of(with(truth(query), 13, 0x20)))) {
      assertTruth(ask(server));
    }
  }

  /** Sends the lie to the client from another socket first, and then lets the server answer. */
  private static void shouldIgnore(DatagramSocket stranger)
      throws IOException, InterruptedException {
    List<Integer> ports = new ArrayList<>();
    InetAddress local = InetAddress.getByName("127.12.50.14");
    try (DatagramSocket server = new DatagramSocket(0, local)) {
      ServerAddress address = new ServerAddress(local.getAddress(), server.getLocalPort());
      Thread.ofVirtual()
          .start(() -> {
            try {
              DatagramPacket query = new DatagramPacket(new byte[512], 512);
              server.receive(query);
              ports.add(query.getPort());
              byte[] bytes = Arrays.copyOf(query.getData(), query.getLength());
              stranger.send(
                  new DatagramPacket(lie(bytes), lie(bytes).length, query.getSocketAddress()));
              server.send(
                  new DatagramPacket(truth(bytes), truth(bytes).length, query.getSocketAddress()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertTruth(ask(ClientTests.config("options timeout:10 attempts:1\n", List.of(address))));
      assertEquals(1, ports.size());
    }
  }

  @Test
  void shouldIgnoreRepliesFromElsewhere() throws IOException, InterruptedException {
    try (DatagramSocket otherPort = new DatagramSocket(0, InetAddress.getByName("127.12.50.14"));
        DatagramSocket otherAddress =
            new DatagramSocket(0, InetAddress.getByName("127.12.50.15"))) {
      shouldIgnore(otherPort);
      shouldIgnore(otherAddress);
    }
  }

  @Test
  void shouldSayThatNobodyListens() throws IOException, InterruptedException {
    ServerAddress nobody = ClientTests.nobody("127.12.50.16");
    assertEquals(
        new LookupError.Refused(),
        ClientTests.error(ask(ClientTests.config("options attempts:2\n", List.of(nobody)))));
    try (ScriptedServer server = server(TRUTH::overUdp)) {
      assertTruth(
          ask(ClientTests.config("options attempts:1\n", List.of(nobody, server.address()))));
    }
  }

  @Test
  void shouldAskABetterServerAfterServfail() throws IOException, InterruptedException {
    try (ScriptedServer failing = server(query -> List.of(servfail(query)));
        ScriptedServer server = server(TRUTH::overUdp)) {
      assertTruth(ask(failing, server));
      assertEquals(new LookupError.ServerFailed(Rcode.SERVFAIL), ClientTests.error(ask(failing)));
    }
    try (ScriptedServer refusing = server(query -> List.of(with(truth(query), 3, 5)))) {
      assertEquals(new LookupError.Refused(), ClientTests.error(ask(refusing)));
    }
  }

  @Test
  void shouldSayThatAReplyCannotBeRead() throws IOException, InterruptedException {
    try (ScriptedServer server =
        server(query -> List.of(Arrays.copyOf(truth(query), truth(query).length - 1)))) {
      assertInstanceOf(LookupError.Malformed.class, ClientTests.error(ask(server)));
    }
  }

  @Test
  void shouldKeepToTheDeadline() throws IOException, InterruptedException {
    try (ScriptedServer silent = server(DnsClientTroubleTest::silent);
        DnsClient client =
            new DnsClient(
                ClientTests.config(
                    "options timeout:30 attempts:5\n",
                    List.of(silent.address(), silent.address())))) {
      long startNs = System.nanoTime();
      assertEquals(
          new LookupError.TimedOut(),
          ClientTests.error(client.ask(Lookup.addresses("www.test"), Duration.ofMillis(100))));
      long tookMs = (System.nanoTime() - startNs) / 1_000_000;
      assertTrue(tookMs >= 100 && tookMs < 20_000, tookMs + " ms");
      // One packet for each kind of address.
      assertEquals(2, silent.sourcePorts().size());
    }
  }

  @Test
  void shouldSendNothingAfterTheDeadline() throws IOException, InterruptedException {
    try (ScriptedServer silent = server(DnsClientTroubleTest::silent);
        DnsClient client = new DnsClient(ClientTests.config(silent).withMaxConcurrent(1))) {
      assertEquals(new LookupError.TimedOut(), ClientTests.error(client.ask(WWW, Duration.ZERO)));
      assertEquals(
          new LookupError.TimedOut(), ClientTests.error(client.ask(WWW, Duration.ofSeconds(-1))));
      assertEquals(List.of(), silent.sourcePorts());
      // The second has to wait for the first, until its time is up.
      CompletableFuture<Outcome<Addresses>> first = client.askAsync(WWW);
      assertEquals(
          new LookupError.TimedOut(), ClientTests.error(client.ask(WWW, Duration.ofMillis(50))));
      assertTrue(first.cancel(true));
      assertTrue(silent.sourcePorts().size() <= 1);
    }
  }

  @Test
  void shouldTakeTheLongestDeadline() throws IOException, InterruptedException {
    try (ScriptedServer server = server(TRUTH::overUdp);
        DnsClient client =
            new DnsClient(
                ClientTests.config(server).withDeadline(Duration.ofSeconds(Long.MAX_VALUE)))) {
      assertTruth(client.ask(WWW));
    }
  }
}
