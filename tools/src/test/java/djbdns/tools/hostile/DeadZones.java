package djbdns.tools.hostile;

/** Zones {@code dN.dead}, each with two servers of two addresses of its own, which are silent. */
final class DeadZones implements Authority {
  static final int ZONES = 1_000_000;

  private static final int TTL = 3_600;
  private static final int ADDRESSES = 4;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 2) {
      return Reaction.of(ReplyPacket.noData(ask, "dead"));
    }
    String zone = ask.suffix(2);
    int number = Numbers.in(ask.fromEnd(1));
    ReplyPacket reply =
        ReplyPacket.to(ask, 0).ns(zone, TTL, "a." + zone).ns(zone, TTL, "b." + zone);
    for (int i = 0; i < ADDRESSES; i++) {
      String server = (i < 2 ? "a." : "b.") + zone;
      reply.glue(server, TTL, Places.SILENT + ADDRESSES * number + i);
    }
    return Reaction.of(reply);
  }
}
