package djbdns.dnscache.resolve;

import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Name;
import java.util.List;

/**
 * How many bytes of the heap questions in progress hold: estimates, rather too high than too low,
 * that are charged before anything is allocated. {@code HeldBytesTest} compares them with what the
 * heap says.
 */
final class Held {
  /** The bytes for one who waits, the path to a client, and the place in the client's share. */
  private static final int WAITING = 700;

  /** A query with its timer and its first lookup. */
  private static final int QUERY = 1_300;

  /** A lookup of a server's address, with its timer. */
  static final int LOOKUP = 500;

  /** A question to servers, and the packets that are out: sockets, timers, copies. */
  static final int FETCH = 2_500;

  /** A line of what has been asked. */
  private static final int ASKED = 80;

  private static final int NAME = 40;
  private static final int SERVER = 120;

  /** An address, and its places in lists and sets. */
  static final int ADDRESS = 96;

  private static final int RECORD_SET = 64;

  private Held() {}

  static long waiting(Name name) {
    return WAITING + name(name);
  }

  static long query(Name name) {
    return QUERY + 2L * name(name);
  }

  static long name(Name name) {
    return (long) NAME + name.length();
  }

  /** A server of a delegation. */
  static long server(int nameBytes, int addresses) {
    return SERVER + nameBytes + (long) ADDRESS * addresses;
  }

  static long delegation(Delegation delegation) {
    long bytes = name(delegation.zone());
    for (Delegation.NameServer server : delegation.servers()) {
      bytes += server(server.name().length(), server.addresses().size());
    }
    return bytes;
  }

  static long records(List<Rrset> records) {
    long bytes = 0;
    for (Rrset set : records) {
      bytes += RECORD_SET + name(set.owner()) + set.data().length;
    }
    return bytes;
  }

  static long asked(Asked asked) {
    return ASKED + name(asked.name()) + (long) ADDRESS * asked.inVain().size();
  }

  static long addresses(int count) {
    return (long) ADDRESS * count;
  }
}
