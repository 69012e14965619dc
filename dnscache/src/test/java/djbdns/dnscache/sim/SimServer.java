package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A name server: some zones and a way to treat queries. */
public final class SimServer {
  private final Name name;
  private final List<ServerAddress> addresses;
  private final RandomGenerator random;
  private final ReplyComposer composer;
  private final Map<Name, SimZone> zones = new HashMap<>();
  private final Map<Section, List<Records>> appended = new EnumMap<>(Section.class);
  private Behaviour behaviour;
  private Optional<Liar> liar = Optional.empty();

  /** A server without zones. */
  public SimServer(
      Name name, List<ServerAddress> addresses, Behaviour behaviour, RandomGenerator random) {
    this(name, addresses, behaviour, random, new ReplyComposer());
  }

  SimServer(
      Name name,
      List<ServerAddress> addresses,
      Behaviour behaviour,
      RandomGenerator random,
      ReplyComposer composer) {
    this.name = name;
    this.addresses = List.copyOf(addresses);
    this.behaviour = behaviour;
    this.random = random;
    this.composer = composer;
  }

  public Name name() {
    return name;
  }

  public List<ServerAddress> addresses() {
    return addresses;
  }

  public Behaviour behaviour() {
    return behaviour;
  }

  public void behaviour(Behaviour newBehaviour) {
    behaviour = newBehaviour;
  }

  void liar(Liar newLiar) {
    liar = Optional.of(newLiar);
  }

  /** Adds records to every reply, whatever it is about. */
  public void append(Records records, Section section) {
    appended.computeIfAbsent(section, any -> new ArrayList<>()).add(records);
  }

  public void serve(SimZone zone) {
    zones.put(zone.apex(), zone);
  }

  void onQuery(byte[] packet, Transport transport, Reactions out) {
    switch (behaviour) {
      case Behaviour.Dead() -> {}
      case Behaviour.PortClosed() -> out.failure(SendFailure.REFUSED);
      case Behaviour.TruncatingWithoutTcp() when transport == Transport.TCP ->
          out.failure(SendFailure.REFUSED);
      case Behaviour.Correct(),
          Behaviour.Slow(_),
          Behaviour.Lame(_),
          Behaviour.Truncating(),
          Behaviour.TruncatingWithoutTcp(),
          Behaviour.OldFashioned(_),
          Behaviour.LowerCasing(),
          Behaviour.DenyingHollowNames(),
          Behaviour.Lying(),
          Behaviour.WrongFirst(_),
          Behaviour.Garbling(),
          Behaviour.Verbose() ->
          reply(read(packet), transport, out);
    }
  }

  private static Message read(byte[] packet) {
    try {
      return Message.read(packet, packet.length);
    } catch (MalformedPacketException e) {
      throw new AssertionError("the resolver has sent a malformed packet", e);
    }
  }

  private void reply(Message query, Transport transport, Reactions out) {
    switch (behaviour) {
      case Behaviour.Slow(long delayMs) ->
          out.packet(delayMs * SimClock.NS_PER_MS, compose(query, transport));
      case Behaviour.WrongFirst(Behaviour.Mistake mistake) -> {
        byte[] right = compose(query, transport);
        if (transport == Transport.UDP) {
          out.packet(0, Spoiler.mistake(right, query, mistake, random));
          out.packet(SimClock.NS_PER_MS, right);
        } else {
          out.packet(0, right);
        }
      }
      case Behaviour.Garbling() -> out.packet(0, Spoiler.garble(compose(query, transport), random));
      case Behaviour.OldFashioned(Behaviour.EdnsRefusal refusal)
          when refusal != Behaviour.EdnsRefusal.IGNORES && query.edns().isPresent() ->
          out.packet(0, Spoiler.refuseEdns(query, refusal));
      default -> out.packet(0, compose(query, transport));
    }
  }

  private byte[] compose(Message query, Transport transport) {
    Name asked = query.questions().getFirst().name();
    boolean edns = !(behaviour instanceof Behaviour.OldFashioned);
    boolean small = behaviour instanceof Behaviour.LowerCasing;
    composer.begin(query, small ? asked.lowerCase() : asked, transport, edns);
    if (truncates(transport)) {
      composer.truncate();
    } else if (behaviour instanceof Behaviour.Lame(Behaviour.Excuse excuse)) {
      refuse(query, excuse);
    } else {
      answer(query);
      appended.forEach((section, all) -> all.forEach(one -> composer.addIfFits(section, one)));
      liar.ifPresent(inventor -> inventor.embellish(composer, asked));
      if (behaviour instanceof Behaviour.Verbose) {
        Spoiler.addMany(composer, asked);
      }
    }
    return composer.end();
  }

  private boolean truncates(Transport transport) {
    return transport == Transport.UDP
        && (behaviour instanceof Behaviour.Truncating
            || behaviour instanceof Behaviour.TruncatingWithoutTcp);
  }

  private void answer(Message query) {
    boolean deniesHollow = behaviour instanceof Behaviour.DenyingHollowNames;
    new Authority(zones, composer, deniesHollow).answer(query.questions().getFirst());
  }

  private void refuse(Message query, Behaviour.Excuse excuse) {
    switch (excuse) {
      case UPWARD -> Spoiler.referUpward(composer);
      case REFUSED -> composer.rcode(Rcode.REFUSED);
      case SERVFAIL -> composer.rcode(Rcode.SERVFAIL);
      case NOT_AUTHORITATIVE -> {
        answer(query);
        composer.unflag(Header.AA);
      }
      case EMPTY -> {}
    }
  }

  @Override
  public String toString() {
    return name + " " + addresses + " " + behaviour;
  }
}
