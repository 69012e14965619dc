package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.dnscache.resolve.Upstream.Exchange;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
// Counts the sockets of the process.
@Isolated
final class UdpExchangeTest {
  private static final String ADDRESS = "127.31.0.1";

  private UpstreamFixture fixture = new UpstreamFixture();

  /** The JDK keeps one socket for ever from the first channel that it closes. */
  @BeforeAll
  static void closeOne() throws Exception {
    new UdpPeer(ADDRESS, 0).close();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void use(UpstreamConfig config) {
    fixture.close();
    fixture = new UpstreamFixture(config);
  }

  private static UpstreamConfig limitedTo(int sockets) {
    return new UpstreamConfig(Optional.empty(), Optional.empty(), true, true, sockets);
  }

  private Exchange send(ServerAddress server, Recorder recorder) {
    return fixture.send(Transport.UDP, server, "query", recorder);
  }

  private static ServerAddress address(String text) {
    return ServerAddress.parse(text).orElseThrow();
  }

  @Test
  void shouldHandOverEveryPacketUntilClosed() throws Exception {
    long before = UpstreamFixture.sockets();
    try (UdpPeer peer = new UdpPeer(ADDRESS, 50)) {
      Recorder recorder = new Recorder();
      Exchange exchange = send(peer.address(), recorder);
      for (int i = 0; i < 50; i++) {
        recorder.expect("query");
      }
      fixture.close(exchange);
      fixture.close(exchange);
      assertEquals(0, fixture.openSockets());
      peer.send("late", peer.clients().getFirst());
      assertEquals(0, fixture.openSockets());
      recorder.expectNothingMore();
    }
    assertEquals(before, UpstreamFixture.sockets());
  }

  @Test
  void shouldTakePacketsUpToTheLongestAndSpeakIpv6() throws Exception {
    try (UdpPeer peer = new UdpPeer("::1", 1)) {
      Recorder recorder = new Recorder();
      String longest = "x".repeat(4_096);
      fixture.send(Transport.UDP, peer.address(), longest, recorder);
      recorder.expect(longest);
      assertEquals(1, fixture.openSockets());
    }
  }

  @Test
  void shouldTakeALongerPacketForOneThatIsCutShort() throws Exception {
    try (UdpPeer peer = new UdpPeer(ADDRESS, 0)) {
      Recorder recorder = new Recorder();
      send(peer.address(), recorder);
      peer.awaitPackets(1);
      peer.send("x".repeat(5_000), peer.clients().getFirst());
      // The flag TC makes another letter of the third.
      recorder.expect("xxz" + "x".repeat(4_093));
    }
  }

  @Test
  void shouldIgnorePacketsFromOtherAddressesAndPorts() throws Exception {
    try (UdpPeer peer = new UdpPeer(ADDRESS, 0);
        UdpPeer otherPort = new UdpPeer(ADDRESS, 0);
        UdpPeer otherAddress = new UdpPeer("127.31.0.2", 0)) {
      Recorder recorder = new Recorder();
      send(peer.address(), recorder);
      peer.awaitPackets(1);
      InetSocketAddress client = peer.clients().getFirst();
      otherPort.send("forged", client);
      otherAddress.send("forged", client);
      peer.send("true", client);
      recorder.expect("true");
      recorder.expectNothingMore();
    }
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    ServerAddress gone;
    try (UdpPeer peer = new UdpPeer(ADDRESS, 0)) {
      gone = peer.address();
    }
    Recorder recorder = new Recorder();
    send(gone, recorder);
    recorder.expect(SendFailure.REFUSED);
    assertEquals(0, fixture.openSockets());
  }

  @Test
  void shouldSayThatThereIsNoWay() throws Exception {
    long before = UpstreamFixture.sockets();
    for (String server : List.of("255.255.255.255", "[::ffff:127.31.0.1]:53")) {
      Recorder recorder = new Recorder();
      send(address(server), recorder);
      recorder.expect(SendFailure.UNREACHABLE);
    }
    assertEquals(before, UpstreamFixture.sockets());
  }

  @Test
  void shouldNotUseAFamilyThatIsOff() throws Exception {
    use(new UpstreamConfig(Optional.empty(), Optional.empty(), true, false, 10));
    try (UdpPeer peer = new UdpPeer("::1", 1)) {
      Recorder recorder = new Recorder();
      send(peer.address(), recorder);
      recorder.expect(SendFailure.UNREACHABLE);
      assertTrue(peer.clients().isEmpty());
    }
  }

  @Test
  void shouldNotReachTheOutsideFromALoopbackSource() throws Exception {
    Inet4Address source = Inet4Address.ofLiteral("127.31.0.9");
    use(new UpstreamConfig(Optional.of(source), Optional.empty(), true, true, 10));
    Recorder recorder = new Recorder();
    send(address("192.0.2.1"), recorder);
    recorder.expect(SendFailure.UNREACHABLE);
  }

  @Test
  void shouldSendFromTheConfiguredAddresses() throws Exception {
    Inet4Address ipv4 = Inet4Address.ofLiteral("127.31.0.9");
    Inet6Address ipv6 = (Inet6Address) InetAddress.ofLiteral("::1");
    use(new UpstreamConfig(Optional.of(ipv4), Optional.of(ipv6), true, true, 10));
    for (InetAddress source : List.of(ipv4, ipv6)) {
      try (UdpPeer peer = new UdpPeer(source instanceof Inet4Address ? ADDRESS : "::1", 1)) {
        Recorder recorder = new Recorder();
        send(peer.address(), recorder);
        recorder.expect("query");
        assertEquals(source, peer.clients().getFirst().getAddress());
      }
    }
  }

  @Test
  void shouldSayThatASourceAddressIsNotThisHosts() throws Exception {
    Inet4Address foreign = Inet4Address.ofLiteral("192.0.2.7");
    use(new UpstreamConfig(Optional.of(foreign), Optional.empty(), true, true, 10));
    Recorder recorder = new Recorder();
    send(address("127.31.0.1"), recorder);
    recorder.expect(SendFailure.UNREACHABLE);
  }

  @Test
  void shouldUseAPortOfItsOwnForEachPacketEvenlyFromTheWholeRange() throws Exception {
    int packets = 4096;
    int buckets = 16;
    try (UdpPeer peer = new UdpPeer(ADDRESS, 1)) {
      for (int i = 0; i < packets; i++) {
        Recorder recorder = new Recorder();
        Exchange exchange = send(peer.address(), recorder);
        recorder.expect("query");
        fixture.close(exchange);
      }
      int[] histogram = new int[buckets];
      Set<Integer> ports = new HashSet<>();
      Set<Integer> steps = new HashSet<>();
      int last = 0;
      for (InetSocketAddress client : peer.clients()) {
        int port = client.getPort();
        assertTrue(port >= 1025, () -> "port " + port);
        ports.add(port);
        steps.add(port - last);
        last = port;
        histogram[(port - 1025) * buckets / 64_511]++;
      }
      assertTrue(ports.size() > packets * 9 / 10, () -> ports.size() + " different ports");
      assertTrue(steps.size() > packets * 9 / 10, () -> steps.size() + " different steps");
      // 15 degrees of freedom: one run in 100,000 exceeds 50.
      double chiSquare = 0;
      double expected = (double) packets / buckets;
      for (int count : histogram) {
        chiSquare += (count - expected) * (count - expected) / expected;
      }
      double found = chiSquare;
      assertTrue(found < 50, () -> "chi square " + found);
    }
  }

  @Test
  void shouldCarryTwoThousandAtOnce() throws Exception {
    long before = UpstreamFixture.sockets();
    int count = 2000;
    try (UdpPeer peer = new UdpPeer(ADDRESS, 1)) {
      List<Recorder> recorders = new ArrayList<>();
      List<Exchange> exchanges = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        recorders.add(new Recorder());
        exchanges.add(
            fixture.send(Transport.UDP, peer.address(), "query " + i, recorders.getLast()));
      }
      for (int i = 0; i < count; i++) {
        recorders.get(i).expect("query " + i);
      }
      assertEquals(count, fixture.openSockets());
      exchanges.forEach(fixture::close);
      assertEquals(0, fixture.openSockets());
    }
    assertEquals(before, UpstreamFixture.sockets());
  }

  @Test
  void shouldLetExchangesBeyondTheLimitWaitInOrder() throws Exception {
    use(limitedTo(3));
    try (UdpPeer peer = new UdpPeer(ADDRESS, 1)) {
      List<Recorder> recorders = new ArrayList<>();
      List<Exchange> exchanges = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        recorders.add(new Recorder());
        exchanges.add(
            fixture.send(Transport.UDP, peer.address(), "query " + i, recorders.getLast()));
      }
      recorders.get(2).expect("query 2");
      assertEquals(3, fixture.openSockets());
      fixture.close(exchanges.get(4)); // It waited, and leaves the queue.
      fixture.close(exchanges.get(1));
      recorders.get(3).expect("query 3");
      recorders.get(5).expectNothingMore();
      fixture.close(exchanges.get(3));
      recorders.get(5).expect("query 5");
      recorders.get(4).expectNothingMore();
    }
  }

  @Test
  void shouldRefuseExchangesBeyondTheWaitingRoom() throws Exception {
    use(limitedTo(1));
    int room = (3 << 20) / (SocketGate.WAITING_OVERHEAD_BYTES + "query".length());
    try (UdpPeer peer = new UdpPeer(ADDRESS, 0)) {
      for (int i = 0; i < 1 + room; i++) {
        send(peer.address(), new Recorder());
      }
      Recorder recorder = new Recorder();
      send(peer.address(), recorder);
      recorder.expect(SendFailure.EXHAUSTED);
      assertEquals(1, fixture.openSockets());
    }
  }

  @Test
  void shouldSayThatItHasSentOnlyWhenItHas() throws Exception {
    use(limitedTo(1));
    try (UdpPeer peer = new UdpPeer(ADDRESS, 0)) {
      Recorder first = new Recorder();
      Exchange exchange = send(peer.address(), first);
      assertTrue(first.isSent());
      Recorder second = new Recorder();
      send(peer.address(), second);
      assertFalse(second.isSent());
      fixture.close(exchange);
      assertTrue(second.isSent());
    }
  }

  @Test
  void shouldTakeASocketThatGivesWayOnlyWhenSomebodyWaits() throws Exception {
    long before = UpstreamFixture.sockets();
    use(limitedTo(1));
    try (UdpPeer peer = new UdpPeer(ADDRESS, 0)) {
      Recorder late = new Recorder();
      Exchange exchange = send(peer.address(), late);
      fixture.giveWay(exchange);
      assertEquals(1, fixture.openSockets());
      peer.awaitPackets(1);
      peer.send("late but welcome", peer.clients().getFirst());
      late.expect("late but welcome");
      Recorder next = new Recorder();
      Exchange other = send(peer.address(), next);
      late.expect(SendFailure.EXHAUSTED);
      assertTrue(next.isSent());
      assertEquals(1, fixture.openSockets());
      fixture.close(exchange);
      assertEquals(1, fixture.openSockets());
      fixture.close(other);
      assertEquals(0, fixture.openSockets());
      late.expectNothingMore();
    }
    assertTrue(UpstreamFixture.sockets() <= before);
  }

  @Test
  void shouldServeAnotherClientBeforeAFlood() throws Exception {
    use(limitedTo(3));
    Cause flood = new Cause(Bytes.of((byte) 10), Name.ROOT);
    Cause modest = new Cause(Bytes.of((byte) 11), Name.ROOT);
    try (UdpPeer peer = new UdpPeer(ADDRESS, 1)) {
      List<Exchange> flooding = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        flooding.add(fixture.send(Transport.UDP, peer.address(), "flood", flood, new Recorder()));
      }
      Recorder recorder = new Recorder();
      fixture.send(Transport.UDP, peer.address(), "modest", modest, recorder);
      recorder.expectNothingMore();
      fixture.close(flooding.getFirst());
      recorder.expect("modest");
    }
  }

  @Test
  void shouldBelongToItsLoop() {
    NettyUpstream upstream = fixture.upstream();
    byte[] query = new byte[12];
    assertThrows(
        IllegalStateException.class,
        () ->
            upstream.send(
                Transport.UDP, address(ADDRESS), query, 12, UpstreamFixture.CAUSE, new Recorder()));
  }
}
