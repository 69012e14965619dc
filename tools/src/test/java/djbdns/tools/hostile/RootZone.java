package djbdns.tools.hostile;

import java.util.Map;

/**
 * The root, with one server for each top-level domain.
 *
 * @param servers the domains and the addresses of their servers
 */
record RootZone(Map<String, Integer> servers) implements Authority {
  private static final int TTL = 86_400;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().isEmpty()) {
      return Reaction.of(
          ask.type() == ReplyPacket.NS
              ? ReplyPacket.to(ask).rootServer(TTL, "ns.root", Places.ROOT)
              : ReplyPacket.noData(ask, ""));
    }
    String top = ask.fromEnd(0);
    if (ask.name().equals("ns.root")) {
      return Reaction.of(
          ask.type() == ReplyPacket.A
              ? ReplyPacket.to(ask).a("ns.root", TTL, Places.ROOT)
              : ReplyPacket.noData(ask, ""));
    }
    Integer server = servers.get(top);
    if (server == null) {
      return Reaction.of(ReplyPacket.noName(ask, ""));
    }
    String name = "ns." + top;
    return Reaction.of(ReplyPacket.to(ask, 0).ns(top, TTL, name).glue(name, TTL, server));
  }
}
