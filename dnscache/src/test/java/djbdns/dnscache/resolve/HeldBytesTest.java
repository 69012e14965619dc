package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.TestReply;
import djbdns.dnscache.sim.NoLog;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What questions are charged for is what they hold. */
// Measures the heap.
@Isolated
final class HeldBytesTest {
  private static final int QUESTIONS = 400;
  private static final long NOW = 1_700_000_000;

  private final ShardedCache cache = new ShardedCache(1_000_000, new SplittableRandom(1));
  private final TimeSource time = new StoppedClock();
  private final Resolver resolver =
      new Resolver(
          ResolverConfig.standard(),
          ConfiguredZones.NONE,
          cache,
          new Silence(),
          new SplittableRandom(2),
          time,
          new NoLog());

  /** It is always the same moment. */
  private static final class StoppedClock implements TimeSource {
    @Override
    public long nanoTime() {
      return 1;
    }

    @Override
    public long unixSeconds() {
      return NOW;
    }
  }

  /** A network without servers. */
  private static final class Silence implements Upstream {
    @Override
    public Exchange send(
        Transport transport,
        ServerAddress server,
        byte[] query,
        int queryLength,
        Cause cause,
        Receiver receiver) {
      receiver.onSent();
      return new Exchange() {
        @Override
        public void close() {}

        @Override
        public void giveWay() {}
      };
    }
  }

  private record Client(Bytes client) implements Waiter {
    @Override
    public void answered(Answer answer) {}

    @Override
    public void dropped() {}
  }

  /** A zone with as many servers as are remembered, their names as long as names can be. */
  private void putLargeDelegation(Name zone) {
    List<Delegation.NameServer> servers = new ArrayList<>();
    for (int i = 0; i < ResolverLimits.DELEGATION_SERVERS; i++) {
      String label = "a".repeat(58) + i;
      Name server = TestReply.name(String.join(".", label, label, label, "elsewhere.test"));
      List<ServerAddress> addresses = new ArrayList<>();
      for (int j = 0; j < 2; j++) {
        addresses.add(ServerAddress.parse("192.0." + i + "." + j).orElseThrow());
      }
      servers.add(new Delegation.NameServer(server, addresses));
    }
    new Memory(cache, time).storeDelegation(new Delegation(zone, servers, NOW, NOW + 1_000));
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void ask(int from, int to) {
    for (int i = from; i < to; i++) {
      Bytes client = Bytes.of((byte) 10, (byte) 0, (byte) 0, (byte) (i % 20));
      resolver.ask(TestReply.name("n" + i + ".large.test"), 1, new Client(client));
    }
  }

  @Test
  void shouldChargeForAtLeastWhatIsHeld() {
    putLargeDelegation(TestReply.name("large.test"));
    ask(0, 20);
    long usedBefore = usedBytes();
    long chargedBefore = resolver.heldBytes();

    ask(20, 20 + QUESTIONS);

    long used = usedBytes() - usedBefore;
    long charged = resolver.heldBytes() - chargedBefore;
    assertEquals(20 + QUESTIONS, resolver.waiters());
    String figures = used / QUESTIONS + " bytes used, " + charged / QUESTIONS + " charged";
    assertTrue(used <= charged, figures);
    assertTrue(charged <= 3 * used, figures);
  }
}
