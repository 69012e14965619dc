package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A zone's data, now and as they were before each change. */
public final class SimZone {
  private final Name apex;
  private final Map<Name, List<Records>> glue = new HashMap<>();
  private Map<Name, Map<Integer, Records>> nodes = new HashMap<>();

  /** By the number of the last epoch in which they were true. */
  private final TreeMap<Integer, Map<Name, Map<Integer, Records>>> past = new TreeMap<>();

  /** A zone with an SOA record and nothing else. */
  public SimZone(Name apex, long ttlSeconds, long minimumSeconds) {
    this.apex = apex;
    add(Records.soa(apex, ttlSeconds, minimumSeconds));
  }

  public Name apex() {
    return apex;
  }

  /** Adds records in place of any others of their owner and type. */
  public void add(Records records) {
    for (Name name = records.owner(); !name.equals(apex); name = name.parent()) {
      nodes.computeIfAbsent(name, any -> new HashMap<>());
    }
    nodes.computeIfAbsent(records.owner(), any -> new HashMap<>()).put(records.type(), records);
  }

  /** Adds an address that referrals carry along, of a server of this or any other zone. */
  public void addGlue(Records address) {
    glue.computeIfAbsent(address.owner(), any -> new ArrayList<>()).add(address);
  }

  /** Forgets the address that referrals carried along. */
  public void removeGlue(Name owner) {
    glue.remove(owner);
  }

  /** What referrals say of a server's addresses. */
  List<Records> glueOf(Name server) {
    return glue.getOrDefault(server, List.of());
  }

  /** Keeps what is there under the number of the epoch that ends, before a change. */
  void keep(int lastEpoch) {
    Map<Name, Map<Integer, Records>> copy = new HashMap<>();
    nodes.forEach((name, types) -> copy.put(name, new HashMap<>(types)));
    past.putIfAbsent(lastEpoch, nodes);
    nodes = copy;
  }

  /** Removes all of a name's records. */
  public void remove(Name name) {
    nodes.remove(name);
  }

  /** Names that have records, this zone's cuts included. */
  Collection<Name> names() {
    return nodes.keySet();
  }

  Map<Integer, Records> at(Name name) {
    return nodes.getOrDefault(name, Map.of());
  }

  /** What this zone says now. */
  Outcome find(Name name, int type) {
    return find(nodes, name, type);
  }

  /** What this zone said in an epoch. */
  Outcome find(int epoch, Name name, int type) {
    Map.Entry<Integer, Map<Name, Map<Integer, Records>>> then = past.ceilingEntry(epoch);
    return find(then == null ? nodes : then.getValue(), name, type);
  }

  private Outcome find(Map<Name, Map<Integer, Records>> all, Name name, int type) {
    Name existing = null;
    Records highest = null;
    for (Name at = name; ; at = at.parent()) {
      Map<Integer, Records> node = all.get(at);
      if (node != null) {
        existing = existing == null ? at : existing;
        highest = turn(node, at, name, type).orElse(highest);
      }
      if (at.equals(apex)) {
        break;
      }
    }
    if (highest != null) {
      return highest.type() == Records.NS ? new Outcome.Delegated(highest) : moved(name, highest);
    }
    if (name.equals(existing)) {
      return atNode(all, all.get(name), name, type);
    }
    Map<Integer, Records> wildcard = all.get(Names.child("*", existing));
    return wildcard == null
        ? new Outcome.NoName(all.get(apex).get(Records.SOA))
        : atNode(all, wildcard, name, type);
  }

  /** The records at a node on the way down that decide for everything below it. */
  private Optional<Records> turn(Map<Integer, Records> node, Name at, Name name, int type) {
    boolean asked = at.equals(name);
    if (!at.equals(apex) && node.containsKey(Records.NS) && !(asked && type == Records.DS)) {
      return Optional.of(node.get(Records.NS));
    }
    return asked ? Optional.empty() : Optional.ofNullable(node.get(Records.DNAME));
  }

  private static Outcome moved(Name name, Records dname) {
    Name target = Names.move(name, dname.owner(), dname.targets().getFirst());
    Records cname = Records.names(name, Records.CNAME, dname.ttlSeconds(), List.of(target));
    return new Outcome.Alias(target, cname, Optional.of(dname));
  }

  private Outcome atNode(
      Map<Name, Map<Integer, Records>> all, Map<Integer, Records> node, Name name, int type) {
    Records cname = node.get(Records.CNAME);
    if (cname != null && type != Records.CNAME) {
      return new Outcome.Alias(cname.targets().getFirst(), cname.of(name), Optional.empty());
    }
    Records records = node.get(type);
    return records == null
        ? new Outcome.NoData(all.get(apex).get(Records.SOA), node.isEmpty())
        : new Outcome.Found(records.of(name));
  }

  @Override
  public String toString() {
    return "zone " + apex;
  }
}
