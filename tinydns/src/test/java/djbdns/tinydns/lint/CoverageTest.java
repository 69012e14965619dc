package djbdns.tinydns.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final int ROUNDS = 20_000;
  private static final int LOCATIONS = 3;
  private static final int TIMES = 6;
  private static final int EVERYBODY_KEY_BYTES = 2;
  private static final int OCTET_KEY_BYTES = 3;

  private final SplittableRandom random = new SplittableRandom(1);

  private Entry entry() {
    int location = random.nextInt(LOCATIONS + 1);
    int timestamp = random.nextInt(TIMES);
    return new Entry(1, false, 1, location, random.nextInt(2), timestamp, Bytes.of(new byte[4]));
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.add(entry());
    }
    return entries;
  }

  private Clients clients() {
    Clients clients = new Clients();
    for (int i = random.nextInt(LOCATIONS); i > 0; i--) {
      boolean isDefault = random.nextInt(3) == 0;
      byte[] location = {0, (byte) (1 + random.nextInt(LOCATIONS))};
      clients.add(isDefault ? EVERYBODY_KEY_BYTES : OCTET_KEY_BYTES, location);
    }
    return clients;
  }

  private static boolean sees(int location, long second, Entry entry) {
    boolean isHere = entry.location() == Clients.NOWHERE || entry.location() == location;
    boolean isNow =
        entry.timestamp() == 0 || (entry.ttlSeconds() == 0) == (second < entry.timestamp());
    return isHere && isNow;
  }

  /** Looks at each client and each second. */
  private static boolean isMissed(Entry zone, List<Entry> servers, Clients clients, long now) {
    for (int location = 0; location <= LOCATIONS; location++) {
      for (long second = now; second <= TIMES + 1; second++) {
        int where = location;
        long when = second;
        if (clients.areAt(location)
            && sees(location, second, zone)
            && servers.stream().noneMatch(server -> sees(where, when, server))) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void shouldFindEachGapThatAClientCanSee() {
    int missed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      List<Entry> servers = entries();
      Clients clients = clients();
      long now = random.nextInt(TIMES);
      Entry zone = entry();
      boolean expected = isMissed(zone, servers, clients, now);
      assertEquals(
          expected,
          new Coverage(servers, clients, now).gapOf(zone.audience()).isPresent(),
          () -> zone + " " + servers + " at " + now);
      missed += expected ? 1 : 0;
    }
    assertTrue(missed > ROUNDS / 5 && missed < ROUNDS * 4 / 5, missed + " of " + ROUNDS);
  }
}
