package djbdns.tools.hostile;

import djbdns.tools.HostileQueries;
import java.util.List;
import java.util.SplittableRandom;

/** An endless sequence of packets from an attacker to the resolver; the same for the same seed. */
interface Queries {
  byte[] next();

  /** Gives names and types by a number that comes only once in a run. */
  interface Names {
    String name(int number);
  }

  /** Queries of one type for these names. */
  static Queries of(long seed, int type, Names names) {
    SplittableRandom random = new SplittableRandom(seed);
    return () ->
        QueryPacket.of(
            random.nextInt(0x10000), names.name(random.nextInt(100_000_000)), type, new byte[0]);
  }

  /** One after the other of several sequences. */
  static Queries turns(List<Queries> all) {
    int[] turn = new int[1];
    return () -> all.get(turn[0]++ % all.size()).next();
  }

  static Queries chain(long seed) {
    return of(seed, ReplyPacket.A, ChainZones::question);
  }

  static Queries dead(long seed) {
    return of(
        seed, ReplyPacket.A, number -> "r" + number + ".d" + number % DeadZones.ZONES + ".dead");
  }

  static Queries huge(long seed) {
    List<String> kinds = HugeZones.KINDS;
    return turns(
        List.of(
            of(seed, ReplyPacket.A, number -> "addresses" + number + zone(number, "huge")),
            of(
                seed + 1,
                ReplyPacket.TXT,
                number -> kinds.get(number % kinds.size()) + number + zone(number, "huge"))));
  }

  private static String zone(int number, String domain) {
    return ".z" + number / 10 % 100 + "." + domain;
  }

  /** Aliases, loops, and delegations to names in another's zone. */
  static Queries wildGeese(long seed) {
    return turns(
        List.of(
            of(seed, ReplyPacket.A, number -> "c" + number + zone(number, "alias")),
            of(seed + 1, ReplyPacket.A, number -> "f" + number + zone(number, "alias")),
            of(seed + 2, ReplyPacket.A, number -> "y.d" + number + zone(number, "alias")),
            of(seed + 3, ReplyPacket.A, number -> "o" + number + zone(number, "alias")),
            of(seed + 4, ReplyPacket.A, number -> "r.l" + number + ".loop"),
            of(seed + 5, ReplyPacket.A, number -> "r.s" + number + ".loop"),
            of(seed + 6, ReplyPacket.A, number -> "r.t" + number + ".loop"),
            of(seed + 7, ReplyPacket.A, number -> "r.n" + number + ".nxns")));
  }

  /** What servers are silent to, of a zone in which others have honest questions. */
  static Queries mute(long seed) {
    return turns(
        List.of(
            of(seed, ReplyPacket.HTTPS, number -> "w" + number + ".z0.mute"),
            of(seed + 1, ReplyPacket.AAAA, number -> "w" + number + ".z0.mute"),
            of(seed + 2, ReplyPacket.A, number -> "gone" + number + ".z0.mute")));
  }

  static Queries lies(long seed) {
    return of(seed, ReplyPacket.A, number -> "x" + number + zone(number, "lies"));
  }

  /** Damaged packets. */
  static Queries junk(long seed) {
    return new HostileQueries(seed)::next;
  }

  /** Always the same. */
  static Queries same(long seed) {
    return of(seed, ReplyPacket.A, _ -> "same.z0.honest");
  }

  /** A cached name, with more EDNS options than anybody needs. */
  static Queries options(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] options = QueryPacket.options(250);
    return () -> QueryPacket.of(random.nextInt(0x10000), "same.z0.honest", ReplyPacket.A, options);
  }
}
