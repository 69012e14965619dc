package djbdns.tools.hostile;

/**
 * A domain whose every child is a zone at one server.
 *
 * @param server of the children
 */
record Delegations(String domain, int server) implements Authority {
  private static final int TTL = 3_600;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 2) {
      return Reaction.of(ReplyPacket.noData(ask, domain));
    }
    String zone = ask.suffix(2);
    String name = "ns." + zone;
    return Reaction.of(ReplyPacket.to(ask, 0).ns(zone, TTL, name).glue(name, TTL, server));
  }

  /**
   * What the server of zones says: as they do, but the truth about itself, {@code ns.ZONE}.
   *
   * @param labels of its name
   */
  static Authority selfAware(int server, int labels, Authority zones) {
    return ask -> {
      if (ask.labels().size() != labels || !ask.labels().getFirst().equals("ns")) {
        return zones.answer(ask);
      }
      return Reaction.of(
          ask.type() == ReplyPacket.A
              ? ReplyPacket.to(ask).a(ask.name(), TTL, server)
              : ReplyPacket.noData(ask, ask.suffix(labels - 1)));
    };
  }
}
