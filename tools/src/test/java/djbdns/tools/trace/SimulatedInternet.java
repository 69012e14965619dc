package djbdns.tools.trace;

import djbdns.client.Failure;
import djbdns.client.ServerAddress;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Authoritative servers in memory. A reply takes as many milliseconds as the last number says. */
final class SimulatedInternet {
  private static final int MAX_BYTES = 65535;

  /** Something else that a server does, whatever it is asked. */
  enum Manner {
    GOOD,
    SILENT,
    REFUSING,
    /** Answers, but without the AA bit. */
    WITHOUT_AUTHORITY,
    /** Refers to the root, as old servers do that do not know the zone. */
    UPWARD
  }

  /** A server's zones: their records by the name of the zone. */
  private final Map<String, Map<Name, List<ResourceRecord>>> servers = new HashMap<>();

  private final Map<String, Manner> manners = new HashMap<>();

  /**
   * Has servers serve a zone.
   *
   * @param addresses separated by blanks
   * @param records owner, TTL, type, data; all names end with a dot; a line each
   */
  SimulatedInternet zone(String addresses, String zone, String records) {
    List<ResourceRecord> parsed = new ArrayList<>();
    parsed.add(parse(zone + " 300 SOA ns. host. 7 1 1 1 60"));
    records.lines().map(SimulatedInternet::parse).forEach(parsed::add);
    // A SOA of its own takes the place of the first.
    if (parsed.stream().filter(one -> one.type().equals(RecordType.SOA)).count() > 1) {
      parsed.removeFirst();
    }
    for (ServerAddress address : roots(addresses)) {
      servers.computeIfAbsent(address.toString(), _ -> new HashMap<>()).put(name(zone), parsed);
    }
    return this;
  }

  SimulatedInternet manner(String address, Manner manner) {
    manners.put(address, manner);
    return this;
  }

  static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static ResourceRecord parse(String line) {
    try {
      return ResourceRecord.parse(line, Name.ROOT);
    } catch (MalformedTextException e) {
      throw new AssertionError(line, e);
    }
  }

  /** Follows a plan to its end. */
  List<Exchange> follow(Plan plan, boolean ipv6) {
    List<Exchange> exchanges = new ArrayList<>();
    for (Optional<Ask> ask = plan.next(); ask.isPresent(); ask = plan.next()) {
      Exchange exchange = exchange(ask.get(), ipv6);
      exchanges.add(exchange);
      plan.take(exchange);
    }
    return exchanges;
  }

  private Exchange exchange(Ask ask, boolean ipv6) {
    String address = ask.server().toString();
    Manner manner = manners.getOrDefault(address, Manner.GOOD);
    if (manner == Manner.SILENT || !servers.containsKey(address)) {
      Failure failure = manner == Manner.SILENT ? Failure.Reason.TIMED_OUT : Failure.Reason.REFUSED;
      return Exchange.of(ask, new Step.Failed(failure), TimeUnit.SECONDS.toNanos(5), ipv6);
    }
    Message reply = reply(ask.question(), servers.get(address), manner);
    Step.End end =
        reply.rcode().equals(Rcode.REFUSED)
            ? new Step.Failed(new Failure.ServerFailed(Rcode.REFUSED, Bytes.of(pack(reply))))
            : new Step.Done(ask.server(), Transport.UDP, pack(reply));
    int lastNumber = ask.server().octet(ask.server().addressLength() - 1);
    return Exchange.of(ask, end, TimeUnit.MILLISECONDS.toNanos(lastNumber), ipv6);
  }

  private static byte[] pack(Message message) {
    PacketWriter writer = new PacketWriter(MAX_BYTES);
    message.write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private static Message reply(
      Question question, Map<Name, List<ResourceRecord>> zones, Manner manner) {
    Optional<Name> zone =
        zones.keySet().stream()
            .filter(question.name()::isWithin)
            .max(Comparator.comparingInt(Name::labelCount));
    if (manner == Manner.UPWARD) {
      ResourceRecord up = parse(". 300 NS a.root.");
      return message(question, 0, List.of(), List.of(up), List.of());
    }
    if (manner == Manner.REFUSING || zone.isEmpty()) {
      return message(question, Rcode.REFUSED.code(), List.of(), List.of(), List.of());
    }
    int aa = manner == Manner.WITHOUT_AUTHORITY ? 0 : Header.AA;
    return answer(question, zone.get(), zones.get(zone.get()), aa);
  }

  private static Message answer(
      Question question, Name zone, List<ResourceRecord> records, int aa) {
    Name name = question.name();
    List<ResourceRecord> cut =
        records.stream()
            .filter(one -> one.type().equals(RecordType.NS))
            .filter(one -> !one.owner().equals(zone) && name.isWithin(one.owner()))
            .toList();
    if (!cut.isEmpty()) {
      return message(question, 0, List.of(), cut, glue(cut, records));
    }
    List<ResourceRecord> own = records.stream().filter(one -> one.owner().equals(name)).toList();
    List<ResourceRecord> wanted =
        own.stream()
            .filter(
                one -> one.type().equals(question.type()) || one.type().equals(RecordType.CNAME))
            .toList();
    if (!wanted.isEmpty()) {
      return message(question, aa, wanted, List.of(), List.of());
    }
    boolean exists = records.stream().anyMatch(one -> one.owner().isWithin(name));
    int rcode = exists ? 0 : Rcode.NXDOMAIN.code();
    return message(question, aa | rcode, List.of(), records.subList(0, 1), List.of());
  }

  private static List<ResourceRecord> glue(List<ResourceRecord> cut, List<ResourceRecord> records) {
    return records.stream()
        .filter(one -> one.type().equals(RecordType.A) || one.type().equals(RecordType.AAAA))
        .filter(one -> cut.stream().anyMatch(ns -> ns.rdata().toString().equals(one.owner() + ".")))
        .toList();
  }

  private static Message message(
      Question question,
      int flags,
      List<ResourceRecord> answer,
      List<ResourceRecord> authority,
      List<ResourceRecord> additional) {
    return new Message(
        0, Header.QR | flags, List.of(question), answer, authority, additional, Optional.empty());
  }

  static List<ServerAddress> roots(String addresses) {
    return ServerAddress.parseList(addresses);
  }
}
