package djbdns.tools.hostile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who serves where.
 *
 * @param authorities by their addresses; at others nobody answers
 */
record World(Map<Integer, Authority> authorities) {
  private static final int HONEST_DELAY_MS = 5;
  private static final int FAR_DELAY_MS = 40;

  World {
    authorities = Map.copyOf(authorities);
  }

  static World create() {
    Map<Integer, Authority> all = new HashMap<>();
    Map<String, Authority> tops =
        new HashMap<>(
            Map.of(
                "dead", new DeadZones(),
                "loop", new LoopZones(),
                "nxns", new NxnsZones(),
                "huge", new Delegations("huge", Places.HUGE),
                "alias", new Delegations("alias", Places.ALIAS),
                "lies", new Delegations("lies", Places.LIAR)));
    ChainZones.tops().forEach(top -> tops.put(top, new ChainZones()));
    Map<String, Integer> servers = new HashMap<>();
    tops.keySet().forEach(top -> servers.put(top, Places.HOSTILE_TOP));
    servers.put("honest", Places.HONEST_TOP);
    servers.put("victim", Places.VICTIM);
    servers.put("mute", Places.MUTE_TOP);
    all.put(Places.ROOT, new RootZone(Map.copyOf(servers)));
    all.put(Places.HOSTILE_TOP, top(Places.HOSTILE_TOP, ask -> answer(tops, ask)));
    all.put(Places.HONEST_TOP, top(Places.HONEST_TOP, new HonestZones(true, HONEST_DELAY_MS)));
    all.put(Places.HONEST, new HonestZones(false, HONEST_DELAY_MS));
    all.put(
        Places.VICTIM, top(Places.VICTIM, ask -> Reaction.of(ReplyPacket.noName(ask, "victim"))));
    all.put(Places.MUTE_TOP, top(Places.MUTE_TOP, new Delegations("mute", Places.MUTE)));
    all.put(Places.MUTE, child(Places.MUTE, new MuteZones()));
    all.put(Places.HUGE, child(Places.HUGE, new HugeZones()));
    all.put(Places.ALIAS, child(Places.ALIAS, new AliasZones()));
    all.put(Places.LIAR, child(Places.LIAR, new Liar()));
    for (int i = 0; i < Places.GROUP; i++) {
      all.put(Places.REFUSING + i, ask -> far(ask, ReplyPacket.REFUSED));
      all.put(Places.FAILING + i, ask -> far(ask, ReplyPacket.SERVFAIL));
      all.put(Places.NAMING + i, ChainZones::name);
    }
    return new World(all);
  }

  private static Authority top(int server, Authority zones) {
    return Delegations.selfAware(server, 2, zones);
  }

  private static Authority child(int server, Authority zones) {
    return Delegations.selfAware(server, 3, zones);
  }

  private static Reaction answer(Map<String, Authority> tops, Ask ask) {
    Authority top = tops.get(ask.fromEnd(0));
    return top == null ? refuse(ask) : top.answer(ask);
  }

  /** True if a server is there for honest questions only. */
  static boolean isHonest(int server) {
    return server == Places.HONEST_TOP || server == Places.HONEST;
  }

  /** From far away: the longer a question takes, the more of them are in progress. */
  private static Reaction far(Ask ask, int rcode) {
    return new Reaction.Send(List.of(ReplyPacket.to(ask, rcode).bytes()), FAR_DELAY_MS);
  }

  /** The part of it that honest questions need, or the other part. */
  World part(boolean honest) {
    Map<Integer, Authority> part = new HashMap<>(authorities);
    part.keySet().removeIf(server -> honest != isNeeded(server));
    return new World(part);
  }

  private static boolean isNeeded(int server) {
    return isHonest(server)
        || server == Places.ROOT
        || server == Places.MUTE_TOP
        || server == Places.MUTE;
  }

  private static Reaction refuse(Ask ask) {
    return Reaction.of(ReplyPacket.to(ask, ReplyPacket.REFUSED));
  }
}
