package djbdns.tools.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Zones {@code zN.lies} whose server answers wrongly; the number in the first label tells how. */
final class Liar implements Authority {
  static final int KINDS = 14;

  private static final int TTL = 3_600;
  private static final int NEAR_MISSES = 20;
  private static final int GARBAGE_BYTES = 65_000;

  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < 3) {
      return Reaction.of(ReplyPacket.noData(ask, ask.name()));
    }
    int number = Numbers.in(ask.labels().getFirst());
    byte[] right =
        ReplyPacket.to(ask).a(ask.name(), TTL, HonestZones.addressOf(ask.name())).bytes();
    return switch (number % KINDS) {
      case 0 -> nearMisses(right);
      case 1 -> now(otherQuestion(right));
      case 2 -> now(Arrays.copyOf(right, right.length - 7));
      case 3 -> now(garbage(number, ask.tcp() ? 60_000 : GARBAGE_BYTES));
      case 4 -> flags(ask, ReplyPacket.FORMERR);
      case 5 -> flags(ask, 4);
      case 6 -> now(Arrays.copyOf(flagged(right, ReplyPacket.FORMERR), 12));
      case 7 -> flags(ask, ReplyPacket.AUTHORITATIVE);
      case 8 -> Reaction.of(ReplyPacket.to(ask, 0).ns("", TTL, "ns.root"));
      case 9 -> Reaction.of(ReplyPacket.to(ask, 0).ns(ask.suffix(1), TTL, "ns.lies"));
      case 10 -> now(lyingCounts(right));
      case 11 -> now(new byte[0], new byte[3], garbage(number, 100), right);
      case 12 -> Reaction.of(ReplyPacket.to(ask).a("www.bank.honest", TTL, 1));
      default -> now(flagged(right, 0x0800));
    };
  }

  private static Reaction flags(Ask ask, int flags) {
    return Reaction.of(ReplyPacket.to(ask, flags));
  }

  private static Reaction now(byte[]... messages) {
    return new Reaction.Send(List.of(messages), 0);
  }

  private static Reaction nearMisses(byte[] right) {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 1; i <= NEAR_MISSES; i++) {
      byte[] wrong = right.clone();
      wrong[1] ^= (byte) i;
      messages.add(wrong);
    }
    return new Reaction.Send(messages, 0);
  }

  private static byte[] otherQuestion(byte[] right) {
    byte[] wrong = right.clone();
    wrong[13] ^= 1;
    return wrong;
  }

  private static byte[] flagged(byte[] right, int flags) {
    byte[] wrong = right.clone();
    wrong[2] ^= (byte) (flags >> 8);
    wrong[3] |= (byte) flags;
    return wrong;
  }

  private static byte[] lyingCounts(byte[] right) {
    byte[] wrong = right.clone();
    Arrays.fill(wrong, 6, 12, (byte) 0xff);
    return wrong;
  }

  private static byte[] garbage(int number, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (number * 31 + i * i);
    }
    return bytes;
  }
}
