package djbdns.tools.odd;

import djbdns.wire.Header;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Cname;
import djbdns.wire.rdata.Dname;
import djbdns.wire.rdata.Ns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server has zones of, and the right answer to a question (RFC 1034, 4.3.2). */
final class Zones {
  private static final int UDP_BYTES = 1232;
  private static final int LONGEST_CHAIN = 12;

  /** Those of one zone. */
  private record Zone(Name apex, Map<Name, List<ResourceRecord>> records) {
    List<ResourceRecord> at(Name name) {
      return records.getOrDefault(name, List.of());
    }

    List<ResourceRecord> at(Name name, RecordType type) {
      return at(name).stream().filter(found -> found.type().equals(type)).toList();
    }

    boolean exists(Name name) {
      return records.keySet().stream().anyMatch(owner -> owner.isWithin(name));
    }

    /** The owner of the NS records below which others know more. */
    Optional<Name> cut(Name name) {
      Optional<Name> cut = Optional.empty();
      for (Name at = name; !at.equals(apex); at = at.parent()) {
        if (!at(at, RecordType.NS).isEmpty()) {
          cut = Optional.of(at);
        }
      }
      return cut;
    }

    Optional<ResourceRecord> dnameAbove(Name name) {
      for (Name at = name; !at.equals(apex); ) {
        at = at.parent();
        List<ResourceRecord> found = at(at, RecordType.DNAME);
        if (!found.isEmpty()) {
          return Optional.of(found.getFirst());
        }
      }
      return Optional.empty();
    }
  }

  private final List<Zone> zones = new ArrayList<>();

  /**
   * Adds a zone.
   *
   * @param origin of the names in the text, which may be above the apex
   * @param text a record a line, its owner first; a TTL may be left out; an SOA record is added
   */
  Zones add(String apex, String origin, String text) {
    Map<Name, List<ResourceRecord>> records = new LinkedHashMap<>();
    Name end = name(origin);
    Zone zone = new Zone(name(apex), records);
    put(records, parse(apex + " SOA a.roots. a.roots. 1 1 1 1 60", end));
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        put(records, parse(line, end));
      }
    }
    zones.add(zone);
    return this;
  }

  private static void put(Map<Name, List<ResourceRecord>> records, ResourceRecord added) {
    records.computeIfAbsent(added.owner(), owner -> new ArrayList<>()).add(added);
  }

  static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static ResourceRecord parse(String line, Name origin) {
    String[] words = line.split(" +", 3);
    boolean hasTtl = words[1].matches("[0-9]+");
    try {
      return ResourceRecord.parse(
          hasTtl ? line : words[0] + " 300 " + words[1] + " " + words[2], origin);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** True if a record has this name; one that is only above others does not count. */
  boolean hasRecords(Name name) {
    return zones.stream().anyMatch(zone -> !zone.at(name).isEmpty());
  }

  /** The right response, with an OPT record if the query has one. */
  Message answer(Message query) {
    Question question = query.questions().getFirst();
    Optional<Zone> best = Optional.empty();
    for (Zone zone : zones) {
      if (question.name().isWithin(zone.apex())
          && best.map(other -> zone.apex().isWithin(other.apex())).orElse(true)) {
        best = Optional.of(zone);
      }
    }
    return best.map(zone -> answer(query, zone))
        .orElseGet(() -> response(query, 0, Rcode.REFUSED, List.of(), List.of(), List.of()));
  }

  private static Message answer(Message query, Zone zone) {
    Question question = query.questions().getFirst();
    List<ResourceRecord> answers = new ArrayList<>();
    Name name = question.name();
    for (int i = 0; i < LONGEST_CHAIN && name.isWithin(zone.apex()); i++) {
      Optional<Name> cut = zone.cut(name);
      if (cut.isPresent()) {
        return answers.isEmpty()
            ? referral(query, zone, cut.get())
            : response(query, Header.AA, Rcode.NOERROR, answers, List.of(), List.of());
      }
      List<ResourceRecord> found = zone.at(name, question.type());
      List<ResourceRecord> alias = zone.at(name, RecordType.CNAME);
      if (found.isEmpty() && alias.isEmpty()) {
        Optional<ResourceRecord> dname = zone.dnameAbove(name);
        if (dname.isEmpty()) {
          Rcode rcode = zone.exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN;
          List<ResourceRecord> soa = zone.at(zone.apex(), RecordType.SOA);
          return response(query, Header.AA, rcode, answers, soa, List.of());
        }
        if (answers.contains(dname.get())) {
          break;
        }
        answers.add(dname.get());
        Optional<Name> target = substituted(name, dname.get());
        if (target.isEmpty()) {
          return response(query, Header.AA, Rcode.YXDOMAIN, answers, List.of(), List.of());
        }
        answers.add(new ResourceRecord(name, dname.get().ttlSeconds(), new Cname(target.get())));
        name = target.get();
      } else if (found.isEmpty()) {
        if (answers.containsAll(alias)) {
          break;
        }
        answers.addAll(alias);
        name = ((Cname) alias.getFirst().rdata()).target();
      } else {
        answers.addAll(found);
        break;
      }
    }
    return response(query, Header.AA, Rcode.NOERROR, answers, List.of(), List.of());
  }

  /** The name that a DNAME record makes of another; none if it would be too long. */
  private static Optional<Name> substituted(Name name, ResourceRecord dname) {
    byte[] old = name.toWire();
    byte[] target = ((Dname) dname.rdata()).target().toWire();
    int kept = old.length - dname.owner().length();
    byte[] whole = Arrays.copyOf(old, kept + target.length);
    System.arraycopy(target, 0, whole, kept, target.length);
    try {
      return Optional.of(Name.ofWire(whole, 0));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Message referral(Message query, Zone zone, Name cut) {
    List<ResourceRecord> servers = zone.at(cut, RecordType.NS);
    List<ResourceRecord> glue = new ArrayList<>();
    for (ResourceRecord server : servers) {
      Name host = ((Ns) server.rdata()).server();
      glue.addAll(zone.at(host, RecordType.A));
      glue.addAll(zone.at(host, RecordType.AAAA));
    }
    return response(query, 0, Rcode.NOERROR, List.of(), servers, glue);
  }

  static Message response(
      Message query,
      int flags,
      Rcode rcode,
      List<ResourceRecord> answers,
      List<ResourceRecord> authority,
      List<ResourceRecord> additional) {
    int kept = query.flags() & (Header.OPCODE | Header.RD);
    return new Message(
        query.id(),
        Header.QR | kept | flags | rcode.code(),
        query.questions(),
        answers,
        authority,
        additional,
        query.edns().map(edns -> new Edns(UDP_BYTES)));
  }
}
