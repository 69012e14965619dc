package djbdns.tools.hostile;

/**
 * Zones {@code zN.alias} of nothing but aliases, by the label before: {@code c} an endless chain of
 * one CNAME record an answer, {@code f} 16 of them in an answer that leads on into the next zone,
 * {@code d} the same with DNAME records, {@code o} a loop.
 */
final class AliasZones implements Authority {
  private static final int TTL = 60;
  private static final int CHAIN = 16;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 3) {
      return Reaction.of(ReplyPacket.noData(ask, ask.name()));
    }
    String first = ask.fromEnd(2);
    int number = Numbers.in(first);
    int zone = Numbers.in(ask.fromEnd(1));
    String next = (number + 1) + ".z" + Numbers.of(1_000, number, zone) + ".alias";
    ReplyPacket reply = ReplyPacket.to(ask);
    return Reaction.of(
        switch (first.charAt(0)) {
          case 'c' -> reply.cname(ask.name(), TTL, "c" + next);
          case 'f' -> fan(reply, ask, number, "f" + next);
          case 'd' -> ended(reply, ask, "d" + next);
          case 'o' -> reply.cname(ask.name(), TTL, "o" + (number ^ 1) + "." + ask.suffix(2));
          default -> ReplyPacket.noData(ask, ask.suffix(2));
        });
  }

  private static ReplyPacket fan(ReplyPacket reply, Ask ask, int number, String next) {
    String owner = ask.name();
    for (int i = 1; i < CHAIN; i++) {
      String target = "g" + number + "x" + i + "." + ask.suffix(2);
      reply.cname(owner, TTL, target);
      owner = target;
    }
    return reply.cname(owner, TTL, next);
  }

  /** The parent of the name asked for is an alias of another tree. */
  private static ReplyPacket ended(ReplyPacket reply, Ask ask, String next) {
    String parent = ask.suffix(ask.labels().size() - 1);
    if (ask.labels().size() < 4) {
      return reply.dname(ask.name(), TTL, next);
    }
    return reply
        .dname(parent, TTL, next)
        .cname(ask.name(), TTL, ask.labels().getFirst() + "." + next);
  }
}
