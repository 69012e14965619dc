package djbdns.tinydns.axfr;

import djbdns.client.ServerAddress;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneSerials;
import djbdns.wire.Name;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/**
 * Tells secondaries of zones that have a new serial number, and of all zones at the start (RFC
 * 1996, 3). Each secondary has a thread of its own while there is something to say to it.
 */
public final class Notifier {
  private final List<Secondary> secondaries;
  private final Map<ServerAddress, NoticeQueue> queues = new HashMap<>();
  private final InstantSource clock;
  private Map<Name, Long> known = Map.of();

  /**
   * A notifier that knows of no zone yet.
   *
   * @param sources addresses to send from, by which secondaries know their primary; the first of
   *     the right family counts
   * @param random makes message IDs, for any thread
   * @throws IOException if there can be no UDP sockets
   */
  public Notifier(
      List<Secondary> secondaries,
      List<InetAddress> sources,
      RandomGenerator random,
      InstantSource clock,
      Logger log)
      throws IOException {
    this.secondaries = List.copyOf(secondaries);
    this.clock = clock;
    for (Secondary secondary : secondaries) {
      queues.computeIfAbsent(
          secondary.address(), address -> new NoticeQueue(address, sources, random, clock, log));
    }
    if (!secondaries.isEmpty()) {
      loadSockets();
    }
  }

  /** Java's library for them is not to be found once the root directory has been changed. */
  private static void loadSockets() throws IOException {
    new DatagramSocket(null).close();
  }

  /** These data are served from now on. Returns at once; always called on the same thread. */
  public void served(ZoneData data) {
    if (secondaries.isEmpty()) {
      return;
    }
    Map<Name, Long> serials = ZoneSerials.of(data, Tai64.ofUnixMillis(clock.millis()));
    serials.forEach((zone, serial) -> {
      if (!serial.equals(known.get(zone))) {
        tell(zone);
      }
    });
    known = serials;
  }

  private void tell(Name zone) {
    for (Secondary secondary : secondaries) {
      if (secondary.isOf(zone)) {
        queues.get(secondary.address()).add(zone, secondary.key());
      }
    }
  }
}
