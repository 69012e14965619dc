package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.Section;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Somebody who owns a few zones and would like to own more. All his inventions bear a mark: his
 * addresses, or a name with the label {@code poison}.
 */
final class Liar {
  /** The address that victims are to be sent to. */
  static final byte[] IPV4 = {66, 66, 66, 66};

  /** As {@link #IPV4}. */
  static final byte[] IPV6 = {0x2a, 0x66, 0x66, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x66};

  static final List<ServerAddress> ADDRESSES =
      List.of(
          new ServerAddress(IPV4, ServerAddress.DNS_PORT),
          new ServerAddress(IPV6, ServerAddress.DNS_PORT));

  private static final long TTL_SECONDS = 86_400;
  private static final Name SERVER = Names.of("ns.poison.test");

  private final List<Name> victimZones;
  private final List<Name> victims;
  private final RandomGenerator random;

  /**
   * A liar.
   *
   * @param victimZones zones of others
   * @param victims names in zones of others, those of their servers among them
   */
  Liar(List<Name> victimZones, List<Name> victims, RandomGenerator random) {
    this.victimZones = List.copyOf(victimZones);
    this.victims = List.copyOf(victims);
    this.random = random;
  }

  /** Adds inventions to a reply that is complete otherwise. */
  void embellish(ReplyComposer reply, Name asked) {
    if (reply.rcode().equals(Rcode.REFUSED)) {
      impersonate(reply, asked);
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      invent(reply, asked);
    }
  }

  /** Answers for a zone that is not his. */
  private static void impersonate(ReplyComposer reply, Name asked) {
    reply.rcode(Rcode.NOERROR);
    reply.flag(Header.AA);
    reply.addIfFits(Section.ANSWER, address(asked));
  }

  private void invent(ReplyComposer reply, Name asked) {
    Name victim = victims.get(random.nextInt(victims.size()));
    Name zone = victimZones.get(random.nextInt(victimZones.size()));
    switch (random.nextInt(10)) {
      case 0 -> reply.addIfFits(Section.ANSWER, address(victim));
      case 1 -> reply.addIfFits(Section.ADDITIONAL, address(victim));
      case 2 -> stealZone(reply, zone, SERVER);
      case 3 -> stealZone(reply, zone, victim);
      case 4 -> stealZone(reply, Name.ROOT, SERVER);
      case 5 -> {
        reply.addIfFits(
            Section.ANSWER, Records.names(asked, Records.CNAME, TTL_SECONDS, List.of(victim)));
        reply.addIfFits(Section.ANSWER, address(victim));
      }
      case 6 -> {
        reply.addIfFits(
            Section.ANSWER, Records.names(asked, Records.CNAME, TTL_SECONDS, List.of(victim)));
        reply.rcode(Rcode.NXDOMAIN);
        reply.addIfFits(Section.AUTHORITY, Records.soa(zone, TTL_SECONDS, TTL_SECONDS));
      }
      case 7 ->
          reply.addIfFits(
              Section.ANSWER, Records.names(zone, Records.DNAME, TTL_SECONDS, List.of(SERVER)));
      case 8 -> reply.addIfFits(Section.AUTHORITY, address(victim));
      default -> {
        reply.empty();
        stealZone(reply, zone, SERVER);
      }
    }
  }

  private static void stealZone(ReplyComposer reply, Name zone, Name server) {
    reply.addIfFits(
        Section.AUTHORITY, Records.names(zone, Records.NS, TTL_SECONDS, List.of(server, SERVER)));
    reply.addIfFits(Section.ADDITIONAL, address(server));
    reply.addIfFits(Section.ADDITIONAL, Records.address(server, TTL_SECONDS, ADDRESSES.getLast()));
  }

  private static Records address(Name owner) {
    return Records.address(owner, TTL_SECONDS, ADDRESSES.getFirst());
  }
}
