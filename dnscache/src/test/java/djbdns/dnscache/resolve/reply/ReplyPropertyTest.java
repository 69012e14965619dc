package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Header;
import djbdns.wire.Rcode;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Replies of records that have to do with each other, right and wrong ones. */
final class ReplyPropertyTest {
  private static final int REPLIES = Integer.getInteger("djbdns.replies", 4_000);

  private static final List<String> NAMES =
      List.of(
          "example",
          "a.example",
          "b.example",
          "c.example",
          "sub.example",
          "x.sub.example",
          "y.sub.example",
          "test",
          "a.test",
          "ns.example",
          "ns.test",
          ".");

  /** So long that no name can be below it. */
  private static final String LONG = ("l".repeat(62) + ".").repeat(4);

  private static String name(SplittableRandom random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static String line(SplittableRandom random) {
    String owner = name(random) + " " + random.nextInt(2000) + " ";
    return owner
        + switch (random.nextInt(8)) {
          case 0, 1 -> "A 192.0.2." + random.nextInt(4);
          case 2 -> "A 127.0.0.1";
          case 3 -> "AAAA 2001:db8::" + random.nextInt(4);
          case 4 -> "CNAME " + name(random);
          case 5 -> "DNAME " + (random.nextInt(4) == 0 ? LONG : name(random));
          case 6 -> "NS " + name(random);
          default -> "SOA ns.example h.example 1 2 3 4 " + random.nextInt(2000);
        };
  }

  private static byte[] packet(SplittableRandom random, TestReply reply) {
    reply.flags(random.nextInt(3) == 0 ? 0 : random.nextInt(4) == 0 ? Header.RA : Header.AA);
    if (random.nextInt(4) == 0) {
      reply.rcode(Rcode.NXDOMAIN);
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      reply.answer(line(random));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      reply.authority(line(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      reply.additional(line(random));
    }
    return withOddities(random, reply.packet());
  }

  /** Now and then records that are not there, or OPT records where they should not be. */
  private static byte[] withOddities(SplittableRandom random, byte[] packet) {
    int section = random.nextInt(3);
    return switch (random.nextInt(16)) {
      case 0 -> TestReply.claiming(packet, section, 1 + random.nextInt(300));
      case 1 -> TestReply.with(packet, section, TestReply.opt(random.nextInt(20) == 0 ? 1 : 0));
      default -> packet;
    };
  }

  @Property(tries = 1)
  void shouldTakeNothingThatTheServerMayNotSay(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(Long.getLong("djbdns.seed", seed));
    for (int i = 0; i < REPLIES; i++) {
      byte[] packet = packet(random, TestReply.to("a.example", "A"));
      ReplyReaderFuzzTest.check(random.nextInt(256), packet, packet.length);
    }
  }

  @Property(tries = 1)
  void shouldTakeDamagedReplies(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(Long.getLong("djbdns.seed", seed));
    for (int i = 0; i < REPLIES; i++) {
      byte[] packet = packet(random, TestReply.to("x.sub.example", "NS"));
      for (int j = random.nextInt(4); j >= 0; j--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
      }
      ReplyReaderFuzzTest.check(random.nextInt(256), packet, random.nextInt(packet.length + 1));
    }
  }

  /** So that the properties are about something. */
  @Test
  void shouldMakeRepliesOfEveryKind() {
    SplittableRandom random = new SplittableRandom(1);
    ReplyReader reader = TestReply.to("x.sub.example", "A").reader();
    Map<String, Integer> kinds = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      TestReply reply = TestReply.to("x.sub.example", "A");
      byte[] packet = packet(random, reply);
      String kind = kind(reader.read(packet, packet.length, reply.context()));
      kinds.merge(kind, 1, Integer::sum);
    }
    assertEquals(
        List.of(
            "ALIAS",
            "Doubtful",
            "Failed",
            "LOOP",
            "Lame",
            "Lame ALIAS",
            "Lame LOOP",
            "Lame NODATA",
            "Lame NXDOMAIN",
            "Lame RECORDS",
            "Lame TOO_LONG",
            "Malformed",
            "NODATA",
            "NXDOMAIN",
            "RECORDS",
            "Referral",
            "TOO_LONG"),
        List.copyOf(withFailed(kinds).keySet()));
    kinds.forEach((kind, count) -> assertTrue(count > 10, kind + " only " + count));
  }

  private static String kind(Reply reply) {
    return switch (reply) {
      case Reply.Content content -> content.ending().toString();
      case Reply.Lame(var _, var content) ->
          "Lame" + content.map(one -> " " + one.ending()).orElse("");
      default -> reply.getClass().getSimpleName();
    };
  }

  /** A response code that these replies do not have makes a failure. */
  private static Map<String, Integer> withFailed(Map<String, Integer> kinds) {
    Map<String, Integer> all = new TreeMap<>(kinds);
    Reply failed = TestReply.to("a.example", "A").rcode(Rcode.REFUSED).read();
    all.put(failed.getClass().getSimpleName(), 1);
    return all;
  }
}
