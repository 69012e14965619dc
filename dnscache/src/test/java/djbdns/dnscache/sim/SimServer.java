package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A name server: some zones and a way to treat queries. */
public final class SimServer {
  /** When a first packet of TCP that was lost is sent again (RFC 6298, 2.1). */
  private static final long SYN_AGAIN_NS = SimClock.NS_PER_SECOND;

  private final Name name;
  private final List<ServerAddress> addresses;
  private final RandomGenerator random;
  private final ReplyComposer composer;
  private final Map<Name, SimZone> zones = new HashMap<>();
  private final Map<Section, List<Records>> appended = new EnumMap<>(Section.class);

  /** See {@link Oddity.AnsweringOnce}. */
  private final Set<Question> beingAnswered = new HashSet<>();

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
      case Behaviour.Odd(Oddity.ToTypesWithoutTcp(_, _)) when transport == Transport.TCP ->
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
          Behaviour.Verbose(),
          Behaviour.Odd(_) ->
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
      case Behaviour.Odd(Oddity oddity) -> replyOddly(oddity, query, transport, out);
      default -> out.packet(0, compose(query, transport));
    }
  }

  private void replyOddly(Oddity oddity, Message query, Transport transport, Reactions out) {
    Optional<Oddity.Refusal> refusal = refusal(oddity, query.questions().getFirst());
    if (refusal.isPresent()) {
      refuseOddly(refusal.get(), query, transport, out);
      return;
    }
    byte[] reply = compose(query, transport);
    switch (oddity) {
      case Oddity.SlowTcp(long firstMs, long lastMs) when transport == Transport.TCP ->
          out.pieces(firstMs * SimClock.NS_PER_MS, lastMs * SimClock.NS_PER_MS, reply);
      case Oddity.LosingSyn() when transport == Transport.TCP -> out.packet(SYN_AGAIN_NS, reply);
      case Oddity.AnsweringOnce(long delayMs) when transport == Transport.UDP ->
          answerOnce(query, delayMs * SimClock.NS_PER_MS, reply, out);
      default -> out.packet(0, reply);
    }
  }

  private Optional<Oddity.Refusal> refusal(Oddity oddity, Question asked) {
    return switch (oddity) {
      case Oddity.ToTypes(var types, Oddity.Refusal refusal)
          when types.contains(asked.type().code()) ->
          Optional.of(refusal);
      case Oddity.ToTypesWithoutTcp(var types, Oddity.Refusal refusal)
          when types.contains(asked.type().code()) ->
          Optional.of(refusal);
      case Oddity.ToNamesWithoutData(Oddity.Refusal refusal) when !ownsData(asked) ->
          Optional.of(refusal);
      case Oddity.ToCapitals(Oddity.Refusal refusal) when hasCapitals(asked.name()) ->
          Optional.of(refusal);
      default -> Optional.empty();
    };
  }

  private boolean ownsData(Question asked) {
    return authority().outcome(asked).map(Oddity::ownsData).orElse(true);
  }

  private static boolean hasCapitals(Name asked) {
    return !Arrays.equals(asked.toWire(), asked.lowerCase().toWire());
  }

  private void refuseOddly(
      Oddity.Refusal refusal, Message query, Transport transport, Reactions out) {
    composer.begin(query, query.questions().getFirst().name(), transport, true);
    switch (refusal) {
      case REFUSED -> composer.rcode(Rcode.REFUSED);
      case NO_QUESTION -> {
        composer.rcode(Rcode.REFUSED);
        composer.omitQuestion();
      }
      case SERVFAIL -> composer.rcode(Rcode.SERVFAIL);
      case NOTIMP -> composer.rcode(Rcode.NOTIMP);
      case FORMERR -> composer.rcode(Rcode.FORMERR);
      case UPWARD -> Spoiler.referUpward(composer);
      case SILENCE, SHORT -> {}
    }
    byte[] reply = composer.end();
    switch (refusal) {
      case SILENCE -> {}
      case SHORT -> out.packet(0, Arrays.copyOf(reply, 1 + random.nextInt(11)));
      default -> out.packet(0, reply);
    }
  }

  /** A question is forgotten when it has been answered: then it may be asked again. */
  private void answerOnce(Message query, long delayNs, byte[] reply, Reactions out) {
    Question question = query.questions().getFirst();
    Question asked = new Question(question.name().lowerCase(), question.type());
    if (beingAnswered.add(asked)) {
      out.packet(delayNs, reply);
      out.later(delayNs, () -> beingAnswered.remove(asked));
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
        && switch (behaviour) {
          case Behaviour.Truncating(),
              Behaviour.TruncatingWithoutTcp(),
              Behaviour.Odd(Oddity.SlowTcp(_, _)),
              Behaviour.Odd(Oddity.LosingSyn()) ->
              true;
          default -> false;
        };
  }

  private void answer(Message query) {
    Question asked = query.questions().getFirst();
    switch (behaviour) {
      case Behaviour.Odd(Oddity.Referring(boolean toRoot)) ->
          Spoiler.refer(composer, toRoot ? Name.ROOT : parentOf(asked.name()));
      case Behaviour.Odd(Oddity.Caching()) -> {
        authority().answer(asked);
        composer.unflag(Header.AA);
        composer.flag(Header.RA);
      }
      case Behaviour.Odd(Oddity.Questionless()) -> {
        authority().answer(asked);
        composer.omitQuestion();
      }
      default -> authority().answer(asked);
    }
  }

  private static Name parentOf(Name asked) {
    return asked.isRoot() ? asked : asked.parent();
  }

  private Authority authority() {
    Optional<Authority.Habit> habit =
        switch (behaviour) {
          case Behaviour.DenyingHollowNames() -> Optional.of(Authority.Habit.DENIES_HOLLOW_NAMES);
          case Behaviour.Odd(Oddity.DenyingMissingTypes()) ->
              Optional.of(Authority.Habit.DENIES_MISSING_TYPES);
          case Behaviour.Odd(Oddity.BareDenying()) -> Optional.of(Authority.Habit.DENIES_BARELY);
          case Behaviour.Odd(Oddity.HidingDname()) -> Optional.of(Authority.Habit.HIDES_DNAME);
          default -> Optional.empty();
        };
    return new Authority(zones, composer, habit);
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
