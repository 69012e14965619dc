package djbdns.tools.hostile;

/**
 * Zones of {@code loop} that lead nowhere: {@code lN} and {@code mN} have their servers in each
 * other, {@code sN} in itself without an address, {@code tN} in the next {@code tN}.
 */
final class LoopZones implements Authority {
  private static final int TTL = 3_600;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 2) {
      return Reaction.of(ReplyPacket.noData(ask, "loop"));
    }
    String zone = ask.suffix(2);
    String label = ask.fromEnd(1);
    int number = Numbers.in(label);
    String target =
        switch (label.charAt(0)) {
          case 'l' -> "m" + number;
          case 'm' -> "l" + number;
          case 't' -> "t" + (number + 1);
          default -> label;
        };
    return Reaction.of(
        ReplyPacket.to(ask, 0)
            .ns(zone, TTL, "ns1." + target + ".loop")
            .ns(zone, TTL, "ns2." + target + ".loop"));
  }
}
