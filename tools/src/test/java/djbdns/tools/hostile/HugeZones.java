package djbdns.tools.hostile;

import djbdns.wire.Bytes;
import java.util.List;

/**
 * Zones {@code zN.huge} whose answers take TCP: the first label tells which kind. A query over UDP
 * gets TC.
 */
final class HugeZones implements Authority {
  static final List<String> KINDS = List.of("addresses", "texts", "dribble", "hang", "reset");

  private static final int TTL = 3_600;
  private static final int ADDRESSES = 4_000;
  private static final int TEXTS = 60;
  private static final String STRING = "t".repeat(250);
  private static final int DRIBBLE_PAUSE_MS = 20;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 3) {
      return Reaction.of(ReplyPacket.noData(ask, ask.name()));
    }
    String kind = ask.labels().getFirst().replaceAll("[0-9]+$", "");
    return switch (kind) {
      case "addresses" -> Reaction.of(addresses(ask));
      case "texts" -> Reaction.of(texts(ask));
      case "dribble" ->
          ask.tcp()
              ? new Reaction.Dribble(Bytes.of(texts(ask).bytes()), DRIBBLE_PAUSE_MS)
              : Reaction.of(texts(ask));
      case "hang" -> ask.tcp() ? Reaction.SILENCE : Reaction.of(texts(ask));
      case "reset" -> ask.tcp() ? new Reaction.Reset() : Reaction.of(texts(ask));
      default -> Reaction.of(ReplyPacket.noData(ask, ask.suffix(2)));
    };
  }

  private static ReplyPacket addresses(Ask ask) {
    ReplyPacket reply = ReplyPacket.to(ask);
    for (int i = 0; i < ADDRESSES; i++) {
      reply.a(ask.name(), TTL, Places.ip(198, 19, 0, 0) + i);
    }
    return reply;
  }

  private static ReplyPacket texts(Ask ask) {
    ReplyPacket reply = ReplyPacket.to(ask);
    for (int i = 0; i < TEXTS; i++) {
      reply.txt(ask.name(), TTL, i + STRING, STRING, STRING, STRING);
    }
    return reply;
  }
}
