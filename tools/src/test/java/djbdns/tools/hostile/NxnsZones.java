package djbdns.tools.hostile;

/**
 * Zones of {@code nxns} whose servers are 16 names in the victim's zone that nobody has asked for.
 */
final class NxnsZones implements Authority {
  private static final int TTL = 3_600;
  private static final int SERVERS = 16;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 2) {
      return Reaction.of(ReplyPacket.noData(ask, "nxns"));
    }
    String zone = ask.suffix(2);
    ReplyPacket reply = ReplyPacket.to(ask, 0);
    for (int i = 0; i < SERVERS; i++) {
      reply.ns(zone, TTL, ask.fromEnd(1) + "x" + i + ".victim");
    }
    return Reaction.of(reply);
  }
}
