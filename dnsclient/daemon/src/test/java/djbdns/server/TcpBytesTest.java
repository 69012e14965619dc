package djbdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TcpBytesTest {
  private final TcpBytes bytes = new TcpBytes(1_000, 200);
  private final List<Connection> lost = new ArrayList<>();

  private final class Connection implements TcpBytes.Holder {
    private final long client;
    private final boolean isOnThisLoop;

    Connection(long client, boolean isOnThisLoop) {
      this.client = client;
      this.isOnThisLoop = isOnThisLoop;
    }

    @Override
    public long client() {
      return client;
    }

    @Override
    public void giveWay() {
      lost.add(this);
      if (isOnThisLoop) {
        bytes.release(this);
      }
    }
  }

  private Connection here(long client) {
    return new Connection(client, true);
  }

  @Test
  void shouldTakeTheLargestConnectionOfTheGreediestClient() {
    Connection single = here(1);
    Connection small = here(2);
    Connection large = here(2);
    Connection modest = here(3);
    assertTrue(bytes.grow(single, 400));
    assertTrue(bytes.grow(small, 200));
    assertTrue(bytes.grow(large, 300));
    assertTrue(bytes.grow(modest, 101));
    assertEquals(List.of(large), lost);
    assertEquals(701, bytes.bytes());
  }

  @Test
  void shouldRefuseTheGreediestItself() {
    Connection greedy = here(1);
    assertTrue(bytes.grow(greedy, 900));
    assertTrue(bytes.grow(here(2), 100));
    assertFalse(bytes.grow(greedy, 1));
    assertEquals(List.of(), lost);
    assertEquals(1_000, bytes.bytes());
    bytes.shrink(greedy, 500);
    assertTrue(bytes.grow(greedy, 500));
    bytes.release(greedy);
    assertEquals(100, bytes.bytes());
  }

  @Test
  void shouldUseTheReserveUntilAnotherLoopHasClosedItsConnection() {
    Connection greedy = new Connection(1, false);
    Connection modest = here(2);
    assertTrue(bytes.grow(greedy, 900));
    assertTrue(bytes.grow(modest, 150));
    assertEquals(List.of(greedy), lost);
    assertFalse(bytes.grow(greedy, 1), "it has to end");
    assertTrue(bytes.grow(modest, 150));
    assertFalse(bytes.grow(modest, 1));
    bytes.release(greedy);
    assertTrue(bytes.grow(modest, 1));
    assertEquals(List.of(greedy), lost);
    assertEquals(301, bytes.bytes());
  }
}
