package djbdns.tools.hostile;

import java.util.List;

/**
 * The domain {@code honest} and the zones below it: every name of a zone has the address that
 * {@link #addressOf} tells; names that begin with {@code large} have a text that takes TCP. Its
 * servers take their time.
 *
 * @param top whether it is the server of the domain, which only delegates
 */
record HonestZones(boolean top, int delayMs) implements Authority {
  private static final int TTL = 3_600;
  private static final int LARGE_STRINGS = 40;

  /** The only right answer. */
  static int addressOf(String name) {
    return Places.ip(198, 18, 0, 0) | Numbers.of(0x10000, name);
  }

  @Override
  public Reaction answer(Ask ask) {
    ReplyPacket reply = reply(ask);
    return new Reaction.Send(List.of(reply.bytes()), delayMs);
  }

  private ReplyPacket reply(Ask ask) {
    if (ask.labels().size() < 2) {
      return ReplyPacket.noData(ask, "honest");
    }
    String zone = ask.suffix(2);
    String server = "ns." + zone;
    if (top) {
      return ReplyPacket.to(ask, 0).ns(zone, TTL, server).glue(server, TTL, Places.HONEST);
    }
    String name = ask.name();
    if (name.equals(server) && ask.type() == ReplyPacket.A) {
      return ReplyPacket.to(ask).a(name, TTL, Places.HONEST);
    }
    if (name.startsWith("large") && ask.type() == ReplyPacket.TXT) {
      ReplyPacket reply = ReplyPacket.to(ask);
      for (int i = 0; i < LARGE_STRINGS; i++) {
        reply.txt(name, TTL, i + "x".repeat(200));
      }
      return reply;
    }
    return ask.type() == ReplyPacket.A && ask.labels().size() > 2
        ? ReplyPacket.to(ask).a(name, TTL, addressOf(name))
        : ReplyPacket.noData(ask, zone);
  }
}
