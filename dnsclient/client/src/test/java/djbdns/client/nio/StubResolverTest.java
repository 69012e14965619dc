package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.ServerAddress;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.runtime.ErrorText;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The driver on real sockets of the loopback interface, against scripted servers. */
final class StubResolverTest {
  private static final Query QUERY =
      new Query(
          new Question(Name.ofWire(new byte[] {3, 'w', 'w', 'w', 1, 'x', 0}, 0), RecordType.A),
          false);

  private static List<byte[]> silent(byte[] query) {
    assertTrue(query.length > 0);
    return List.of();
  }

  private static byte[] answer(byte[] query) {
    byte[] reply = query.clone();
    reply[2] |= (byte) 0x84;
    return reply;
  }

  private static byte[] servfail(byte[] query) {
    byte[] reply = answer(query);
    reply[3] |= 2;
    return reply;
  }

  private static byte[] truncated(byte[] query) {
    byte[] reply = answer(query);
    reply[2] |= 2;
    return reply;
  }

  /** The message with its length before it. */
  private static byte[] framed(byte[] message) {
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) (message.length >> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    return framed;
  }

  private static Step.End ask(Transport first, ServerAddress... servers) {
    return new StubResolver(new SystemSettings(Map.of()), new KernelRandom(), first)
        .ask(QUERY, List.of(servers));
  }

  private static Failure failure(Step.End end) {
    return assertInstanceOf(Step.Failed.class, end).failure();
  }

  /** An address at which nobody listens. */
  private static ServerAddress nobody() throws IOException {
    InetAddress local = InetAddress.getByName("127.12.3.9");
    try (DatagramSocket socket = new DatagramSocket(0, local)) {
      return new ServerAddress(local.getAddress(), socket.getLocalPort());
    }
  }

  @Test
  void shouldAskOverUdp() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer("127.12.3.1", q -> List.of(answer(q)), StubResolverTest::silent)) {
      Step.Done done = assertInstanceOf(Step.Done.class, ask(Transport.UDP, server.address()));
      assertEquals(Transport.UDP, done.transport());
      assertEquals(QUERY.length(), done.packet().length);
      assertEquals(1, server.sourcePorts().size());
    }
  }

  @Test
  void shouldAskOverIpv6() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer("::1", q -> List.of(truncated(q)), q -> List.of(framed(answer(q))))) {
      assertInstanceOf(Step.Done.class, ask(Transport.UDP, server.address()));
    } catch (IOException e) {
      Assumptions.abort("this host has no ::1: " + e.getMessage());
    }
  }

  @Test
  void shouldUseANewPortAndIdForEveryPacket() throws IOException {
    Set<Integer> ids = new HashSet<>();
    try (ScriptedServer server =
        new ScriptedServer(
            "127.12.3.1",
            q -> {
              ids.add(((q[0] & 0xff) << 8) | (q[1] & 0xff));
              return ids.size() < 3 ? List.of(servfail(q)) : List.of(answer(q));
            },
            StubResolverTest::silent)) {
      assertInstanceOf(Step.Done.class, ask(Transport.UDP, server.address()));
      assertEquals(3, new HashSet<>(server.sourcePorts()).size());
      for (int port : server.sourcePorts()) {
        assertTrue(port >= 1025, "port " + port);
      }
    }
  }

  @Test
  void shouldGoOnAtOnceWhenRefused() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer("127.12.3.1", q -> List.of(answer(q)), StubResolverTest::silent)) {
      Step.Done done =
          assertInstanceOf(Step.Done.class, ask(Transport.UDP, nobody(), server.address()));
      assertEquals(server.address(), done.server());
    }
  }

  @Test
  void shouldGoOnWhenTheTimeIsUp() throws IOException {
    try (ScriptedServer silent =
            new ScriptedServer("127.12.3.1", StubResolverTest::silent, StubResolverTest::silent);
        ScriptedServer server =
            new ScriptedServer("127.12.3.2", q -> List.of(answer(q)), StubResolverTest::silent)) {
      long startNs = System.nanoTime();
      Step.Done done =
          assertInstanceOf(Step.Done.class, ask(Transport.UDP, silent.address(), server.address()));
      assertEquals(server.address(), done.server());
      assertTrue(System.nanoTime() - startNs >= 1_000_000_000L);
    }
  }

  @Test
  void shouldWaitForTheRightDatagram() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            "127.12.3.1",
            q -> List.of(q, Arrays.copyOf(answer(q), 513), Arrays.copyOf(answer(q), 5), answer(q)),
            StubResolverTest::silent)) {
      Step.Done done = assertInstanceOf(Step.Done.class, ask(Transport.UDP, server.address()));
      assertEquals(QUERY.length(), done.packet().length);
    }
  }

  @Test
  void shouldFetchALongAnswerOverTcpInPieces() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            "127.12.3.1",
            q -> List.of(truncated(q)),
            q -> {
              byte[] whole = framed(Arrays.copyOf(answer(q), 65535));
              return List.of(
                  Arrays.copyOf(whole, 1),
                  Arrays.copyOfRange(whole, 1, 7),
                  Arrays.copyOfRange(whole, 7, whole.length));
            })) {
      Step.Done done = assertInstanceOf(Step.Done.class, ask(Transport.UDP, server.address()));
      assertEquals(Transport.TCP, done.transport());
      assertEquals(65535, done.packet().length);
    }
  }

  @Test
  void shouldAskOverTcpAtOnceWhenTold() throws IOException {
    List<byte[]> asked = new ArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer(
            "127.12.3.1",
            StubResolverTest::silent,
            q -> {
              asked.add(q);
              return List.of(framed(answer(q)));
            })) {
      Step.Done done = assertInstanceOf(Step.Done.class, ask(Transport.TCP, server.address()));
      assertEquals(List.of(), server.sourcePorts());
      assertArrayEquals(answer(asked.getFirst()), done.packet());
    }
  }

  @Test
  void shouldTellHowTcpFails() throws IOException {
    assertEquals(Failure.Reason.REFUSED, failure(ask(Transport.TCP, nobody())));
    try (ScriptedServer server =
        new ScriptedServer("127.12.3.1", StubResolverTest::silent, StubResolverTest::silent)) {
      assertEquals(Failure.Reason.NO_REPLY, failure(ask(Transport.TCP, server.address())));
    }
    try (ScriptedServer server =
        new ScriptedServer(
            "127.12.3.1", StubResolverTest::silent, q -> List.of(new byte[] {0, 23}, q))) {
      assertEquals(Failure.Reason.NO_REPLY, failure(ask(Transport.TCP, server.address())));
    }
    try (ScriptedServer server =
        new ScriptedServer(
            "127.12.3.1", StubResolverTest::silent, _ -> List.of(new byte[] {0, 1, 0}))) {
      assertEquals(Failure.Reason.MALFORMED, failure(ask(Transport.TCP, server.address())));
    }
  }

  @Test
  void shouldTellWhatTheSystemRefuses() {
    ServerAddress broadcast = new ServerAddress(new byte[] {-1, -1, -1, -1}, 53);
    Failure.Io io = assertInstanceOf(Failure.Io.class, failure(ask(Transport.UDP, broadcast)));
    assertEquals("access denied", ErrorText.of(io.cause()));
  }
}
