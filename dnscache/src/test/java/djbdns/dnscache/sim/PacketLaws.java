package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds of the packets of every run, whoever is asked and whatever he says. Packets that no
 * client has caused, those of priming, are left out.
 */
final class PacketLaws implements SimNetwork.Spy {
  /** Longer than a question may take and its failure is remembered. */
  private static final long REMEMBERED_NS = 30 * SimClock.NS_PER_SECOND;

  /** Packets for one question to one address over one transport (RFC 9520, 3.1). */
  private static final int TRIES = 3;

  /** Tries of one question to a zone's servers that are open at once. */
  private static final int OPEN = 4;

  /** A parent is not asked again about a delegation that is younger (RFC 4697, 2.1.1). */
  private static final long YOUNG_NS = 60 * SimClock.NS_PER_SECOND;

  /** Nor about the same zone before that much time has gone by. */
  private static final long AGAIN_NS = 300 * SimClock.NS_PER_SECOND;

  /** One question to one address. */
  private record Try(ServerAddress server, Transport transport, Name name, int type) {}

  private record Sent(Name name, int type, long atNs) {}

  /**
   * What a parent has said of a zone.
   *
   * @param asked whether it has been asked again since
   */
  private record Referral(long atNs, long endsNs, boolean asked) {}

  private final SimNetwork network;
  private final SimClock clock;

  /** True if the cache has room for every delegation. */
  private final boolean remembersAll;

  private final Map<Try, Integer> tries = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();

  /** What has arrived and perhaps not been taken for a reply: nobody has gone on from there yet. */
  private final Map<Name, Referral> offers = new HashMap<>();

  private final Map<Name, Referral> referrals = new HashMap<>();
  private final Map<Name, Long> askedAgainNs = new HashMap<>();
  private final Map<ServerAddress, Long> heardNs = new HashMap<>();
  private int questions;
  private long startedNs;

  PacketLaws(SimNetwork network, SimClock clock, boolean remembersAll) {
    this.network = network;
    this.clock = clock;
    this.remembersAll = remembersAll;
  }

  /** Clients are going to put some questions, all before the next ones. */
  void begin(int newQuestions) {
    questions = newQuestions;
    startedNs = clock.nanoTime();
    tries.clear();
    sent.removeIf(one -> one.atNs < clock.nanoTime() - REMEMBERED_NS);
  }

  @Override
  public void onSent(SimNetwork.Socket socket) {
    if (socket.cause().client().length() == 0) {
      return;
    }
    Question asked = socket.question();
    int type = asked.type().code();
    checkTries(socket, asked.name(), type);
    checkOpen(socket, asked.name(), type);
    Optional.ofNullable(offers.remove(socket.cause().zone()))
        .ifPresent(taken -> referrals.put(socket.cause().zone(), taken));
    if (type != Records.DS && remembersAll && questions == 1) {
      checkParent(socket.cause().zone(), asked.name());
    }
    sent.add(new Sent(asked.name(), type, clock.nanoTime()));
  }

  private void checkTries(SimNetwork.Socket socket, Name name, int type) {
    Try attempt = new Try(socket.server(), socket.transport(), name, type);
    int count = tries.merge(attempt, 1, Integer::sum);
    // Where little is remembered, what was answered is asked again.
    if (remembersAll && count > TRIES * questions) {
      throw new AssertionError(
          count + " tries for " + questions + " questions: " + describe(socket, name, type));
    }
  }

  private void checkOpen(SimNetwork.Socket socket, Name name, int type) {
    long count =
        network.sockets().stream()
            .filter(other -> other.cause().zone().equals(socket.cause().zone()))
            .filter(other -> other.question().name().equals(name))
            .filter(other -> other.question().type().code() == type)
            .count();
    if (count > OPEN) {
      throw new AssertionError(count + " open at once: " + describe(socket, name, type));
    }
  }

  /** Somebody above a zone is asked although the zone's delegation is still good. */
  private void checkParent(Name zone, Name name) {
    for (Name at = name; !at.equals(zone); at = at.parent()) {
      Referral referral = referrals.get(at);
      if (referral == null || clock.nanoTime() >= referral.endsNs) {
        continue;
      }
      Optional<Long> before = Optional.ofNullable(askedAgainNs.get(at));
      if (before.isPresent() && before.get() >= startedNs) {
        // One and the same occasion.
        continue;
      }
      long ageNs = clock.nanoTime() - referral.atNs;
      long pauseNs = before.map(ns -> clock.nanoTime() - ns).orElse(AGAIN_NS);
      if (ageNs < YOUNG_NS || pauseNs < AGAIN_NS || referral.asked) {
        throw new AssertionError(
            "the parent is asked again about "
                + at
                + (referral.asked ? " twice" : "")
                + ", aged "
                + ageNs / SimClock.NS_PER_SECOND
                + " s, after a pause of "
                + pauseNs / SimClock.NS_PER_SECOND
                + " s");
      }
      askedAgainNs.put(at, clock.nanoTime());
      referrals.put(at, new Referral(referral.atNs, referral.endsNs, true));
    }
  }

  private static String describe(SimNetwork.Socket socket, Name name, int type) {
    return name
        + " "
        + type
        + " to "
        + socket.server()
        + " of "
        + socket.cause().zone()
        + " over "
        + socket.transport();
  }

  @Override
  public void onReceived(SimNetwork.Socket socket, byte[] packet) {
    heardNs.put(socket.server(), clock.nanoTime());
    if (!remembersAll || (!hasAnswers(packet) && !mayRefer(packet))) {
      return;
    }
    try {
      Message reply = Message.read(packet, packet.length);
      noteLifetimes(socket.question(), reply.answers());
      noteLifetimes(socket.question(), reply.authority());
      if (!hasAnswers(packet)) {
        noteReferral(socket, reply.authority());
      }
    } catch (MalformedPacketException e) {
      // Says nothing to anybody, so it does not to us.
    }
  }

  private static boolean hasAnswers(byte[] packet) {
    return packet.length > Limits.HEADER_BYTES && (packet[6] != 0 || packet[7] != 0);
  }

  /** True if there is no answer and something beside it. */
  private static boolean mayRefer(byte[] packet) {
    return packet.length > Limits.HEADER_BYTES && !hasAnswers(packet) && packet[9] != 0;
  }

  /** What may not be kept has to be asked for again. */
  private void noteLifetimes(Question asked, List<ResourceRecord> records) {
    if (records.stream().anyMatch(record -> record.ttlSeconds() == 0)) {
      int type = asked.type().code();
      tries.keySet().removeIf(one -> one.type == type && one.name.equals(asked.name()));
    }
  }

  private void noteReferral(SimNetwork.Socket socket, List<ResourceRecord> authority) {
    Name zone = socket.cause().zone();
    long endsNs =
        Optional.ofNullable(referrals.get(zone)).map(Referral::endsNs).orElse(Long.MAX_VALUE);
    Optional<Name> cut = Optional.empty();
    for (ResourceRecord server : authority) {
      if (server.type().equals(RecordType.NS)
          && server.owner().isWithin(zone)
          && !server.owner().equals(zone)
          && socket.question().name().isWithin(server.owner())) {
        cut = Optional.of(server.owner().lowerCase());
        // The last second is nobody's: clocks of whole seconds.
        long lifeNs = (server.ttlSeconds() - 1) * SimClock.NS_PER_SECOND;
        endsNs = Math.min(endsNs, clock.nanoTime() + lifeNs);
      }
    }
    if (cut.isPresent()) {
      offers.put(cut.get(), new Referral(clock.nanoTime(), endsNs, false));
    }
  }

  /** True if a packet of this question, or of a part of its name, is on its way. */
  boolean isOnItsWay(Name name, int type, Name zone) {
    return network.sockets().stream()
        .map(SimNetwork.Socket::question)
        .anyMatch(asked -> isFor(asked.name(), asked.type().code(), name, type, zone));
  }

  /** True if one was sent in the time since then. */
  boolean wasSent(Name name, int type, Name zone, long sinceNs, long untilNs) {
    return sent.stream()
        .filter(one -> one.atNs >= sinceNs && one.atNs <= untilNs)
        .anyMatch(one -> isFor(one.name, one.type, name, type, zone));
  }

  /** True if just this has been asked of any server since a time. */
  boolean wasAsked(Name name, int type, long sinceNs) {
    return sent.stream()
        .anyMatch(one -> one.atNs >= sinceNs && one.type == type && one.name.equals(name));
  }

  private static boolean isFor(Name asked, int askedType, Name name, int type, Name zone) {
    return name.isWithin(asked)
        && asked.isWithin(zone)
        && (askedType == type || asked.length() < name.length());
  }

  /** True if one of these has said anything lately. */
  boolean wasHeard(List<ServerAddress> servers, long sinceNs) {
    return servers.stream().map(heardNs::get).anyMatch(atNs -> atNs != null && atNs >= sinceNs);
  }
}
