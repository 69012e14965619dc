package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * Bounds the sockets that are open at once, and shares them out: the next free one goes to the
 * client that has the fewest, for the zone of that client's that has the fewest, first come first
 * served. So the sockets that wait for a dead zone's servers keep nobody else waiting for more than
 * one of them to become free. Of a client's zones with equally few, those whose servers have
 * answered last time come first, three times out of four: a client may have good questions among
 * many for dead zones.
 *
 * <p>No socket is taken away while its reply is expected. Those that have given way are, as soon as
 * somebody waits: first of the client and the zone that have the most, oldest first.
 *
 * <p>Who waits is bounded by the memory that it takes; the client that takes the most of it loses
 * first. For the loop's thread.
 */
final class SocketGate {
  /** An exchange that wants a socket. */
  interface Guest {
    /**
     * Opens a socket and sends.
     *
     * @return whether there is a socket now
     */
    boolean start(byte[] query, int queryLength);

    /** Has to close the socket that it has, in favour of somebody else. Calls nobody back now. */
    void lose();

    /** Has waited in vain. Calls nobody back now. */
    void refuse();
  }

  /**
   * The bytes that a waiting exchange holds beside its query, in tickets, shares and their
   * rankings, where client and zone are nobody else's; and the exchange itself.
   */
  static final int WAITING_OVERHEAD_BYTES = 1000;

  /** Of so many turns, one is for a zone that nothing is known of, so that it does not starve. */
  private static final int PREFERRED_TURNS = 4;

  /** Zones remembered to have answered. */
  private static final int MAX_ANSWERING = 1_000;

  /** Questions in a row without an answer after which a zone does not count as answering. */
  private static final int MAX_SILENCES = 8;

  private static final byte[] NOTHING = {};

  private enum Place {
    OUTSIDE,
    WAITING,
    /** With a socket, on which a reply is expected. */
    INSIDE,
    /** With a socket that others may have. */
    YIELDING
  }

  /** A guest's way through the gate: in once, out once. */
  final class Ticket {
    private final Guest guest;
    private Cause cause;
    private Place place = Place.OUTSIDE;

    /** A copy, while it waits. */
    private byte[] query = NOTHING;

    private Ticket(Cause cause, Guest guest) {
      this.cause = cause;
      this.guest = guest;
    }

    /** Asks for a socket, and has it at once if one is free. */
    void enter(byte[] packet, int length) {
      if (makeRoom()) {
        start(this, packet, length);
      } else {
        await(this, Arrays.copyOf(packet, length));
      }
    }

    /** Has a socket, and lets others have it. */
    void giveWay() {
      switch (place) {
        case OUTSIDE, YIELDING -> {
          // There is nothing to give.
        }
        case WAITING -> turnAway(this);
        case INSIDE -> {
          place = Place.YIELDING;
          noteSilence(cause.zone());
          update(this, zone -> zone.yielders.add(this), 0);
          serve();
        }
      }
    }

    /** Another client waits for the same: that counts for the one that has fewer sockets. */
    void alsoFor(Bytes client) {
      if (place == Place.WAITING && openOf(client) < openOf(cause.client())) {
        byte[] packet = query;
        leaveRoom(this);
        cause = new Cause(client, cause.zone());
        await(this, packet);
      }
    }

    /** Something has come from a server of the zone. */
    void heard() {
      if (noteAnswering(cause.zone())) {
        update(this, zone -> {}, 0);
      }
    }

    /** Has closed its socket, or does not want one any more. */
    void leave() {
      switch (place) {
        case OUTSIDE -> {
          // Gone already.
        }
        case WAITING -> leaveRoom(this);
        case INSIDE, YIELDING -> {
          giveBack(this);
          serve();
        }
      }
    }

    private long bytes() {
      return WAITING_OVERHEAD_BYTES + (long) query.length;
    }
  }

  /** The sockets that a client, or one of its zones, has and wants. */
  private abstract static class Share {
    int open;
    long waitingBytes;
    int yielding;

    boolean isIdle() {
      return open == 0 && waitingBytes == 0;
    }
  }

  private static final class ClientShare extends Share {
    final Places<ClientShare> places = new Places<>(this);
    final Map<Name, ZoneShare> zones = new HashMap<>();
    final Rankings<ZoneShare> rankings = new Rankings<>();

    /** Zones that wait and whose servers have answered last time, by sockets. */
    final Ranking<ZoneShare> promising = new Ranking<>();

    /** Sockets given so far. */
    private int turns;

    /** Whose turn it is; some zone must wait. */
    ZoneShare next() {
      ZoneShare next = rankings.hungry.lowest().item();
      turns++;
      if (promising.isEmpty() || turns % PREFERRED_TURNS == 0) {
        return next;
      }
      ZoneShare preferred = promising.lowest().item();
      return preferred.open <= next.open ? preferred : next;
    }
  }

  private static final class ZoneShare extends Share {
    final Places<ZoneShare> places = new Places<>(this);
    final Ranking.Place<ZoneShare> promising = new Ranking.Place<>(this);
    final LinkedHashSet<Ticket> waiting = new LinkedHashSet<>();
    final LinkedHashSet<Ticket> yielders = new LinkedHashSet<>();
  }

  /** The places of a share in the orders of {@link Rankings}. */
  private static final class Places<T extends Share> {
    final T share;
    final Ranking.Place<T> hungry;
    final Ranking.Place<T> crowded;
    final Ranking.Place<T> yielding;

    Places(T share) {
      this.share = share;
      hungry = new Ranking.Place<>(share);
      crowded = new Ranking.Place<>(share);
      yielding = new Ranking.Place<>(share);
    }
  }

  /** The three orders in which shares are looked for. */
  private static final class Rankings<T extends Share> {
    /** The shares that wait, by sockets. */
    final Ranking<T> hungry = new Ranking<>();

    /** The shares that wait, by memory. */
    final Ranking<T> crowded = new Ranking<>();

    /** The shares whose sockets others may have, by sockets. */
    final Ranking<T> yielding = new Ranking<>();

    void update(Places<T> places) {
      T share = places.share;
      if (share.waitingBytes > 0) {
        hungry.put(places.hungry, share.open);
        crowded.put(places.crowded, share.waitingBytes);
      } else {
        hungry.remove(places.hungry);
        crowded.remove(places.crowded);
      }
      if (share.yielding > 0) {
        yielding.put(places.yielding, share.open);
      } else {
        yielding.remove(places.yielding);
      }
    }
  }

  /** A change in a zone's sets. */
  @FunctionalInterface
  private interface Change {
    void in(ZoneShare zone);
  }

  private final int maxOpen;
  private final long maxWaitingBytes;
  private final Map<Bytes, ClientShare> clients = new HashMap<>();
  private final Rankings<ClientShare> rankings = new Rankings<>();

  /**
   * Zones whose servers answer, who was heard of last at the end, and how many questions in a row
   * they have not answered: a few may be about types that they are silent to.
   */
  private final LinkedHashMap<Name, Integer> answering = new LinkedHashMap<>();

  private int open;
  private long waitingBytes;

  /**
   * Nothing open, nobody waiting.
   *
   * @param maxOpen 1 or more
   * @param maxWaitingBytes what those who wait may hold, 0 or more
   */
  SocketGate(int maxOpen, long maxWaitingBytes) {
    this.maxOpen = maxOpen;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  Ticket ticket(Cause cause, Guest guest) {
    return new Ticket(cause, guest);
  }

  int open() {
    return open;
  }

  long waitingBytes() {
    return waitingBytes;
  }

  /** True if nothing is remembered of anybody. */
  boolean isEmpty() {
    return clients.isEmpty();
  }

  /** Sees to it that a socket can be opened, if need be in place of one that has given way. */
  private boolean makeRoom() {
    if (open < maxOpen) {
      return true;
    }
    if (rankings.yielding.isEmpty()) {
      return false;
    }
    ClientShare greediest = rankings.yielding.highest().item();
    Ticket loser = greediest.rankings.yielding.highest().item().yielders.getFirst();
    giveBack(loser);
    loser.guest.lose();
    return true;
  }

  /** True if that is news. */
  private boolean noteAnswering(Name zone) {
    boolean isNew = !answering.containsKey(zone);
    answering.putLast(zone, 0);
    if (answering.size() > MAX_ANSWERING) {
      answering.pollFirstEntry();
    }
    return isNew;
  }

  private void noteSilence(Name zone) {
    answering.computeIfPresent(zone, (same, count) -> count + 1 == MAX_SILENCES ? null : count + 1);
  }

  private void serve() {
    while (!rankings.hungry.isEmpty() && makeRoom()) {
      Ticket next = rankings.hungry.lowest().item().next().waiting.getFirst();
      byte[] query = next.query;
      leaveRoom(next);
      start(next, query, query.length);
    }
  }

  /** Counted first: whoever is told of its start may go at once. */
  private void start(Ticket ticket, byte[] query, int queryLength) {
    ticket.place = Place.INSIDE;
    open++;
    update(ticket, zone -> {}, 0, 1);
    if (!ticket.guest.start(query, queryLength) && ticket.place != Place.OUTSIDE) {
      giveBack(ticket);
    }
  }

  private void giveBack(Ticket ticket) {
    ticket.place = Place.OUTSIDE;
    open--;
    update(ticket, zone -> zone.yielders.remove(ticket), 0, -1);
  }

  private void leaveRoom(Ticket ticket) {
    long bytes = ticket.bytes();
    ticket.place = Place.OUTSIDE;
    ticket.query = NOTHING;
    update(ticket, zone -> zone.waiting.remove(ticket), -bytes);
  }

  private void await(Ticket ticket, byte[] query) {
    ticket.query = query;
    ticket.place = Place.WAITING;
    update(ticket, zone -> zone.waiting.add(ticket), ticket.bytes());
    shed();
  }

  private int openOf(Bytes client) {
    ClientShare share = clients.get(client);
    return share == null ? 0 : share.open;
  }

  private void turnAway(Ticket ticket) {
    leaveRoom(ticket);
    ticket.guest.refuse();
  }

  /** While too much waits: the newest of the zone that has the most of the greediest client's. */
  private void shed() {
    while (waitingBytes > maxWaitingBytes) {
      ClientShare greediest = rankings.crowded.highest().item();
      turnAway(greediest.rankings.crowded.highest().item().waiting.getLast());
    }
  }

  private void update(Ticket ticket, Change change, long moreWaitingBytes) {
    update(ticket, change, moreWaitingBytes, 0);
  }

  private void update(Ticket ticket, Change change, long moreWaitingBytes, int moreOpen) {
    ClientShare client = clients.computeIfAbsent(ticket.cause.client(), any -> new ClientShare());
    ZoneShare zone = client.zones.computeIfAbsent(ticket.cause.zone(), any -> new ZoneShare());
    int yieldingBefore = zone.yielders.size();
    change.in(zone);
    count(client, zone.yielders.size() - yieldingBefore, moreWaitingBytes, moreOpen);
    count(zone, zone.yielders.size() - yieldingBefore, moreWaitingBytes, moreOpen);
    waitingBytes += moreWaitingBytes;
    client.rankings.update(zone.places);
    if (zone.waitingBytes > 0 && answering.containsKey(ticket.cause.zone())) {
      client.promising.put(zone.promising, zone.open);
    } else {
      client.promising.remove(zone.promising);
    }
    rankings.update(client.places);
    if (zone.isIdle()) {
      client.zones.remove(ticket.cause.zone());
    }
    if (client.isIdle()) {
      clients.remove(ticket.cause.client());
    }
  }

  private static void count(Share share, int moreYielding, long moreWaitingBytes, int moreOpen) {
    share.yielding += moreYielding;
    share.waitingBytes += moreWaitingBytes;
    share.open += moreOpen;
  }
}
