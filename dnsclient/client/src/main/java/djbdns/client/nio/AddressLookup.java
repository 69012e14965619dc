package djbdns.client.nio;

import djbdns.client.AnswerReader;
import djbdns.client.DottedText;
import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.Settings;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds the addresses of names by the caches of this host. Immutable; for use by any thread, which
 * blocks while names are looked up.
 */
public final class AddressLookup {
  /** The outcome. */
  public sealed interface Result {}

  /**
   * The addresses, in random order where they were looked up (dns_sortip.c); none if the name has
   * none, or does not exist.
   *
   * @param addresses 4 or 16 bytes each
   */
  public record Found(List<Bytes> addresses) implements Result {}

  /** The name could not be looked up. */
  public record Failed(Failure failure) implements Result {}

  /** A full name, and what came of looking it up. */
  public record Qualified(String name, Result result) {}

  private static final Result NOTHING = new Found(List.of());

  private final StubResolver resolver;
  private final RandomGenerator random;
  private final boolean withReasons;

  /**
   * A lookup by the caches of this host.
   *
   * @param random as for {@link StubResolver}
   */
  public AddressLookup(Settings settings, RandomGenerator random) {
    this(settings, random, false);
  }

  /**
   * The same.
   *
   * @param withReasons whether to ask by {@link StubResolver#askForReasons}
   */
  public AddressLookup(Settings settings, RandomGenerator random, boolean withReasons) {
    this(new StubResolver(settings, random, Transport.UDP), random, withReasons);
  }

  /** The same, by a resolver that there is. */
  AddressLookup(StubResolver resolver, RandomGenerator random, boolean withReasons) {
    this.resolver = resolver;
    this.random = random;
    this.withReasons = withReasons;
  }

  /** The IPv4 addresses of a name, or those that it consists of (dns_ip.c). */
  public Result findIpv4(String name) {
    Optional<List<Bytes>> decoded = DottedText.decode(name);
    return decoded.isPresent() ? new Found(decoded.get()) : ask(name, RecordType.A);
  }

  /**
   * The IPv6 addresses of a name, or the one that it is. What stands for IPv4 addresses has none
   * and is not looked up.
   */
  public Result findIpv6(String name) {
    Optional<Bytes> literal = AddressText.parseIpv6(name);
    if (literal.isPresent()) {
      return new Found(List.of(literal.get()));
    }
    return DottedText.decode(name).isPresent() ? NOTHING : ask(name, RecordType.AAAA);
  }

  /**
   * Looks for the IPv4 addresses of one name after the other (dns_ipq.c).
   *
   * @param names at least one
   * @return the first that has any or cannot be looked up, else the last
   */
  public Qualified findFirst(List<String> names) {
    Qualified qualified = find(names.getFirst());
    for (int i = 1; i < names.size() && qualified.result().equals(NOTHING); i++) {
      qualified = find(names.get(i));
    }
    return qualified;
  }

  private Qualified find(String name) {
    return new Qualified(name, findIpv4(name));
  }

  private Result ask(String name, RecordType type) {
    try {
      Question question = new Question(Name.parse(name), type);
      Step.End end =
          withReasons ? resolver.askForReasons(question) : resolver.ask(new Query(question, true));
      return end instanceof Step.Done done
          ? new Found(shuffled(read(new AnswerReader(done.packet()), type)))
          : new Failed(((Step.Failed) end).failure());
    } catch (MalformedTextException | MalformedPacketException e) {
      return new Failed(Failure.Reason.MALFORMED);
    }
  }

  private static List<Bytes> read(AnswerReader answer, RecordType type)
      throws MalformedPacketException {
    return type.equals(RecordType.A) ? answer.ipv4Addresses() : answer.ipv6Addresses();
  }

  private List<Bytes> shuffled(List<Bytes> addresses) {
    List<Bytes> shuffled = new ArrayList<>(addresses);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
