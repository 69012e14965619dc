package djbdns.tools.hostile;

import djbdns.tools.hostile.TcpAttacker.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A mix of attacks; its name, and who takes part at a part of the full rate. */
enum Phase {
  /** Nobody attacks. */
  QUIET("no attack", 1),
  CHAIN_OF_TWO("long names, 2 clients", 1),
  CHAIN_OF_EIGHT("long names, 8 clients", 4),
  DEAD("dead zones", 1),
  GREEDY("one greedy client", 1),
  HUGE("huge answers, slow TCP", 1),
  GEESE("aliases, loops, NXNS", 1),
  MUTE("silent types", 2),
  CLIENTS("connections, junk", 1),
  LIES("lies", 1),
  ALL("all together", 2);

  private static final int SEEDS_APART = 1_000;

  /** Of the full rate of each attack, where all are made together. */
  private static final double PART_OF_ALL = 0.3;

  private final String title;
  private final int weight;

  Phase(String title, int weight) {
    this.title = title;
    this.weight = weight;
  }

  /** How long it is, beside others: some attacks take time to show. */
  int weight() {
    return weight;
  }

  String title() {
    return title;
  }

  /**
   * Those who attack in this phase.
   *
   * @param sent counts their queries
   */
  List<Client> attackers(int port, long seed, LongAdder sent) throws IOException {
    List<Client> attackers = new ArrayList<>();
    if (this != ALL) {
      new Muster(port, seed, sent, attackers).add(this, 1);
      return attackers;
    }
    long ownSeed = seed;
    for (Phase phase : values()) {
      ownSeed += SEEDS_APART;
      new Muster(port, ownSeed, sent, attackers).add(phase, PART_OF_ALL);
    }
    return attackers;
  }

  /** Gathers attackers. */
  private record Muster(int port, long seed, LongAdder sent, List<Client> attackers) {
    private void add(Phase phase, double part) throws IOException {
      switch (phase) {
        case QUIET, ALL -> {}
        case CHAIN_OF_TWO -> chain(2, 1_000 * part, "127.33.4.");
        case CHAIN_OF_EIGHT -> chain(8, 1_000 * part, "127.33.5.");
        case GREEDY -> chain(1, 300 * part, "127.33.6.");
        case DEAD -> {
          for (int i = 1; i <= 2; i++) {
            udp("127.33.7." + i, 500 * part, Queries.dead(seed + i));
          }
        }
        case HUGE -> {
          for (int i = 1; i <= 4; i++) {
            udp("127.33.8." + i, 50 * part, Queries.huge(seed + 10L * i));
          }
        }
        case GEESE -> {
          for (int i = 1; i <= 4; i++) {
            udp("127.33.9." + i, 100 * part, Queries.wildGeese(seed + 10L * i));
          }
        }
        case MUTE -> udp("127.33.10.1", 1, Queries.mute(seed));
        case CLIENTS -> clients(part);
        case LIES -> {
          for (int i = 1; i <= 2; i++) {
            udp("127.33.12." + i, 100 * part, Queries.lies(seed + i));
          }
        }
      }
    }

    private void udp(String from, double perSecond, Queries queries) throws IOException {
      InetAddress to = InetAddress.ofLiteral(isIpv6(from) ? Places.RESOLVER_IPV6 : Places.RESOLVER);
      attackers.add(
          new UdpAttacker(from, new InetSocketAddress(to, port), perSecond, queries, sent));
    }

    private static boolean isIpv6(String address) {
      return address.contains(":");
    }

    private void chain(int clients, double perSecond, String network) throws IOException {
      for (int i = 1; i <= clients; i++) {
        udp(network + i, perSecond / clients, Queries.chain(seed + i));
      }
    }

    private void clients(double part) throws IOException {
      InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(Places.RESOLVER), port);
      for (Manner manner : Manner.values()) {
        for (int i = 0; i < 80 * part; i++) {
          attackers.add(new TcpAttacker("127.33.11." + (1 + i % 8), to, manner, sent));
        }
      }
      udp("127.33.11.20", 200 * part, Queries.junk(seed));
      udp("127.33.11.21", 1_000 * part, Queries.same(seed));
      udp("127.33.11.22", 200 * part, Queries.options(seed));
      for (int i = 1; i <= 50 * part; i++) {
        udp(Places.CLIENT_NETWORK_IPV6 + i, 10, Queries.dead(seed + i));
      }
    }
  }
}
