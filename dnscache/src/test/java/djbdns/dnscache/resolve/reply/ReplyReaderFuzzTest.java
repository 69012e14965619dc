package djbdns.dnscache.resolve.reply;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Limits;
import djbdns.wire.Rcode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whatever a server says, only what it may say comes out of it. The first byte of an input says who
 * is asked what, the others are the packet.
 */
final class ReplyReaderFuzzTest {
  private static final List<String> NAMES = List.of("a.example", "x.sub.example", "example", ".");
  private static final List<String> TYPES = List.of("A", "NS", "CNAME", "DS");

  private final ReplyMatcher matcher = new ReplyMatcher();

  private static ConfiguredZones configured(boolean some) {
    if (!some) {
      return ConfiguredZones.NONE;
    }
    List<ServerAddress> servers = ServerAddress.parseList("10.9.9.9");
    return new ConfiguredZones(
        List.of(
            new ConfiguredZone(
                TestReply.name("sub.example"), ConfiguredZone.Mode.ITERATE, servers)));
  }

  private static ResolverConfig config(boolean strict) {
    return new ResolverConfig(
        false, true, !strict, !strict, !strict, 0, ResolverLimits.MAX_TTL_SECONDS, true, Set.of());
  }

  static void check(int choice, byte[] packet, int length) {
    TestReply asked =
        TestReply.to(NAMES.get(choice & 3), TYPES.get((choice >> 2) & 3))
            .fromServerOf((choice & 0x10) != 0 && (choice & 3) != 3 ? "example" : ".")
            .zoneExpiresAt(TestReply.NOW + 1000);
    if ((choice & 0x20) != 0) {
      asked.fromCache();
    }
    boolean someConfigured = (choice & 0x40) != 0 && (choice & 0x20) == 0;
    new ReplyChecks(configured(someConfigured), config((choice & 0x80) != 0), asked.context())
        .check(packet, length);
  }

  @FuzzTest(maxDuration = "60s")
  void shouldTakeNothingThatTheServerMayNotSay(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    byte[] packet = Arrays.copyOfRange(bytes, 1, bytes.length);
    check(bytes[0] & 0xff, packet, packet.length);
  }

  /** Long packets get the right ID, so that the rest of them matters. */
  @FuzzTest(maxDuration = "60s")
  void shouldMatchAnyPacket(byte[] bytes) {
    // With BADVERS only to have an OPT record.
    byte[] query = TestReply.to("a.example", "A").rcode(Rcode.BADVERS).packet();
    byte[] packet = bytes;
    if (bytes.length >= query.length) {
      packet = bytes.clone();
      System.arraycopy(query, 0, packet, 0, 2);
    }
    ReplyMatcher.Match match = matcher.match(query, packet, packet.length);
    ReplyMatcher.Match anyCase = matcher.matchInAnyCase(query, packet, packet.length);
    if (match != ReplyMatcher.Match.UNRELATED && packet.length < Limits.HEADER_BYTES) {
      throw new AssertionError(match.toString());
    }
    if (match != ReplyMatcher.Match.OTHER_CASE && match != anyCase) {
      throw new AssertionError(match + " or " + anyCase);
    }
  }
}
