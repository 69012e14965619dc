package djbdns.tools.hostile;

/**
 * Zones below {@code mute} whose server has an address for every name, is silent to every other
 * type and to names that begin with {@code gone}.
 */
final class MuteZones implements Authority {
  private static final int TTL = 3_600;

  @Override
  public Reaction answer(Ask ask) {
    boolean silent =
        ask.labels().size() > 2
            && (ask.type() != ReplyPacket.A || ask.labels().getFirst().startsWith("gone"));
    if (silent) {
      return Reaction.SILENCE;
    }
    String name = ask.name();
    return Reaction.of(
        ask.labels().size() > 2 && ask.type() == ReplyPacket.A
            ? ReplyPacket.to(ask).a(name, TTL, HonestZones.addressOf(name))
            : ReplyPacket.noData(ask, ask.suffix(Math.min(2, ask.labels().size()))));
  }
}
