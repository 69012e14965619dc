package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Name;
import djbdns.wire.rdata.Srv;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Chances of servers over many choices of a generator that is always the same. */
final class ServiceOrderTest {
  private static final int ROUNDS = 20_000;

  private final Random random = new Random(2782);

  private static Srv server(int priority, int weight, int port) {
    return new Srv(priority, weight, port, Name.ROOT);
  }

  /** How often the server at this port comes first, of {@link #ROUNDS}. */
  private double shareOfFirst(List<Srv> servers, int port) {
    int first = 0;
    for (int i = 0; i < ROUNDS; i++) {
      List<Srv> order = ServiceOrder.of(servers, random);
      assertEquals(new HashSet<>(servers), new HashSet<>(order));
      if (order.getFirst().port() == port) {
        first++;
      }
    }
    return (double) first / ROUNDS;
  }

  private static void assertNear(double expected, double actual) {
    assertTrue(Math.abs(expected - actual) < 0.015, expected + " was " + actual);
  }

  @Test
  void shouldChooseByWeight() {
    List<Srv> servers = List.of(server(1, 10, 1), server(1, 30, 2), server(1, 60, 3));
    // A number from 0 to the sum of the weights, both included, as the RFC has it.
    assertNear(11 / 101.0, shareOfFirst(servers, 1));
    assertNear(30 / 101.0, shareOfFirst(servers, 2));
    assertNear(60 / 101.0, shareOfFirst(servers, 3));
  }

  @Test
  void shouldLeaveASmallChanceToWeightZero() {
    List<Srv> servers = List.of(server(1, 9, 1), server(1, 0, 2));
    assertNear(0.1, shareOfFirst(servers, 2));
  }

  @Test
  void shouldChooseAmongWeightlessServersAtRandom() {
    List<Srv> servers = List.of(server(1, 0, 1), server(1, 0, 2), server(1, 0, 3));
    for (int port = 1; port <= 3; port++) {
      assertNear(1 / 3.0, shareOfFirst(servers, port));
    }
  }

  @Test
  void shouldKeepPrioritiesApart() {
    List<Srv> servers =
        List.of(server(3, 65535, 1), server(1, 0, 2), server(2, 65535, 3), server(1, 65535, 4));
    for (int i = 0; i < 100; i++) {
      List<Integer> priorities = new ArrayList<>();
      ServiceOrder.of(servers, random).forEach(server -> priorities.add(server.priority()));
      assertEquals(List.of(1, 1, 2, 3), priorities);
    }
    assertEquals(List.of(), ServiceOrder.of(List.of(), random));
  }
}
