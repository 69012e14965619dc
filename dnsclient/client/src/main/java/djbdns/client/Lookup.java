package djbdns.client;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.A;
import djbdns.wire.rdata.Aaaa;
import djbdns.wire.rdata.Https;
import djbdns.wire.rdata.Mx;
import djbdns.wire.rdata.Ptr;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Srv;
import djbdns.wire.rdata.Txt;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A lookup to be made by {@link djbdns.client.nio.DnsClient}. Immutable, so that one may be asked
 * again and again.
 *
 * <p>Names are full ones, with or without the final dot, in the text form of {@link
 * djbdns.wire.Name#parse}; internationalised names in their A-label form (RFC 5890, 2.3.2.1). A
 * name that cannot be read is an outcome, {@link LookupError.Malformed}.
 */
public final class Lookup<T> {
  /** The meaning of the answers to all questions. */
  @FunctionalInterface
  interface Conclusion<T> {
    Outcome<T> of(List<Outcome<Records<Rdata>>> answers, RandomGenerator random);
  }

  /** The value that is known of a name without asking. */
  @FunctionalInterface
  private interface Knowledge<T> {
    Optional<Outcome<T>> of(String name);
  }

  private final String name;
  private final boolean qualified;
  private final List<RecordType> types;
  private final Conclusion<T> conclusion;
  private final Knowledge<T> knowledge;

  private Lookup(
      String name,
      boolean qualified,
      List<RecordType> types,
      Conclusion<T> conclusion,
      Knowledge<T> knowledge) {
    this.name = name;
    this.qualified = qualified;
    this.types = types;
    this.conclusion = conclusion;
    this.knowledge = knowledge;
  }

  /**
   * The IPv4 and IPv6 addresses of a host, asked for side by side. One kind is enough, but both
   * answers are waited for. An address in text stands for itself, and nothing is asked.
   */
  public static Lookup<Addresses> addresses(String host) {
    return addresses(host, List.of(RecordType.AAAA, RecordType.A));
  }

  /** The same with IPv4 addresses only. */
  public static Lookup<Addresses> ipv4Addresses(String host) {
    return addresses(host, List.of(RecordType.A));
  }

  /** The same with IPv6 addresses only. */
  public static Lookup<Addresses> ipv6Addresses(String host) {
    return addresses(host, List.of(RecordType.AAAA));
  }

  private static Lookup<Addresses> addresses(String host, List<RecordType> types) {
    return new Lookup<>(
        host,
        false,
        types,
        Lookup::addressesOf,
        name -> AddressText.parse(name).map(address -> literal(name, address, types)));
  }

  private static Outcome<Addresses> literal(String text, Bytes address, List<RecordType> types) {
    Name name = nameOf(text);
    return types.contains(typeOf(address))
        ? new Outcome.Found<>(new Addresses(name, name, 0, List.of(inet(address))))
        : new Outcome.NotFound<>(new LookupError.NoData(name, types.getFirst()));
  }

  private static Name nameOf(String address) {
    try {
      return Name.parse(address);
    } catch (MalformedTextException e) {
      throw new AssertionError("an address is short", e);
    }
  }

  private static RecordType typeOf(Bytes address) {
    return address.length() == 4 ? RecordType.A : RecordType.AAAA;
  }

  /** The names of a host, from the PTR records of its address (RFC 1035, 3.5; RFC 3596, 2.5). */
  public static Lookup<Records<Ptr>> names(InetAddress address) {
    return records(
        ReverseName.of(Bytes.of(address.getAddress())).toString(), RecordType.PTR, Ptr.class);
  }

  /**
   * The hosts that take mail for a domain, most preferred first, at random among equals (RFC 5321,
   * 5.1). The only host {@code .} says that the domain takes none (RFC 7505).
   *
   * {@snippet file="djbdns/examples/Services.java" region="mail"}
   */
  public static Lookup<Records<Mx>> mailExchanges(String domain) {
    return records(domain, RecordType.MX, Mx.class)
        .sorted((found, random) -> found.sorted(Comparator.comparingInt(Mx::preference), random));
  }

  /** Texts, each a list of strings of at most 255 bytes (RFC 1035, 3.3.14). */
  public static Lookup<Records<Txt>> texts(String name) {
    return records(name, RecordType.TXT, Txt.class);
  }

  /**
   * The servers of a service, in the order in which to try them: by priority, and at random by
   * weight (RFC 2782). A target {@code .} says that there is no such service.
   *
   * {@snippet file="djbdns/examples/Services.java" region="services"}
   *
   * @param name such as {@code _imaps._tcp.example.com}
   */
  public static Lookup<Records<Srv>> services(String name) {
    return records(name, RecordType.SRV, Srv.class)
        .sorted((found, random) -> found.with(ServiceOrder.of(found.data(), random)));
  }

  /**
   * The ways to reach an origin by HTTPS: by priority, at random among equals (RFC 9460, 2.4.1).
   */
  public static Lookup<Records<Https>> httpsBindings(String host) {
    return records(host, RecordType.HTTPS, Https.class)
        .sorted((found, random) -> found.sorted(Comparator.comparingInt(Https::priority), random));
  }

  /**
   * Records of any type; of {@code ANY} all that the server cares to give (RFC 8482).
   *
   * @throws IllegalArgumentException for AXFR and IXFR, which are no questions to a cache
   */
  public static Lookup<Records<Rdata>> records(String name, RecordType type) {
    if (type.equals(RecordType.AXFR) || type.equals(RecordType.IXFR)) {
      throw new IllegalArgumentException("a zone transfer is no lookup: " + type);
    }
    return new Lookup<>(
        name, false, List.of(type), (answers, random) -> answers.getFirst(), _ -> Optional.empty());
  }

  private static <R extends Rdata> Lookup<Records<R>> records(
      String name, RecordType type, Class<R> data) {
    return new Lookup<>(
        name,
        false,
        List.of(type),
        (answers, random) -> answers.getFirst().map(found -> found.as(data)),
        _ -> Optional.empty());
  }

  /** An order that may depend on chance. */
  private interface Order<T> {
    T of(T found, RandomGenerator random);
  }

  private Lookup<T> sorted(Order<T> order) {
    return new Lookup<>(
        name,
        qualified,
        types,
        (answers, random) -> conclusion.of(answers, random).map(found -> order.of(found, random)),
        knowledge);
  }

  /**
   * The same for a name as a person types it: {@link Qualifier} makes full names of it by the rules
   * of this host, which are tried in turn until one exists.
   */
  public Lookup<T> qualified() {
    return new Lookup<>(name, true, types, conclusion, knowledge);
  }

  /** The outcome for a full name, if no server has to be asked. */
  Optional<Outcome<T>> known(String candidate) {
    return knowledge.of(candidate);
  }

  /** The full names to try. */
  List<String> candidates(Qualifier qualifier) {
    return qualified && known(name).isEmpty() ? qualifier.candidates(name) : List.of(name);
  }

  /** The types to ask for, side by side. */
  List<RecordType> types() {
    return types;
  }

  /** The meaning of the answers, one for each of {@link #types}. */
  Outcome<T> conclude(List<Outcome<Records<Rdata>>> answers, RandomGenerator random) {
    return conclusion.of(answers, random);
  }

  private static Outcome<Addresses> addressesOf(
      List<Outcome<Records<Rdata>>> answers, RandomGenerator random) {
    List<Records<Rdata>> found = new ArrayList<>();
    List<LookupError> errors = new ArrayList<>();
    List<InetAddress> addresses = new ArrayList<>();
    long ttlSeconds = Long.MAX_VALUE;
    for (Outcome<Records<Rdata>> answer : answers) {
      switch (answer) {
        case Outcome.Found<Records<Rdata>>(Records<Rdata> records) -> {
          found.add(records);
          records.data().forEach(data -> addresses.add(inetOf(data)));
          ttlSeconds = Math.min(ttlSeconds, records.ttlSeconds());
        }
        case Outcome.NotFound<Records<Rdata>>(LookupError error) -> errors.add(error);
      }
    }
    if (found.isEmpty()) {
      return new Outcome.NotFound<>(worst(errors));
    }
    Records<Rdata> first = found.getFirst();
    return new Outcome.Found<>(
        new Addresses(first.name(), first.canonicalName(), ttlSeconds, addresses));
  }

  /** A denial only if every answer is one: what failed might have been there. */
  private static LookupError worst(List<LookupError> errors) {
    return errors.stream().filter(error -> !error.isDenial()).findFirst().orElse(errors.getFirst());
  }

  private static InetAddress inetOf(Rdata data) {
    return switch (data) {
      case A(Bytes address) -> inet(address);
      case Aaaa(Bytes address) -> inet(address);
      default -> throw new IllegalArgumentException("no address: " + data.type());
    };
  }

  private static InetAddress inet(Bytes address) {
    try {
      return InetAddress.getByAddress(address.toArray());
    } catch (UnknownHostException e) {
      throw new AssertionError("addresses have 4 or 16 bytes", e);
    }
  }
}
