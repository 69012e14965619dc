package djbdns.tinydns.rbl;

import djbdns.content.Outcome;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;

/**
 * Answers as a list in DNS should (RFC 5782): IPv6 addresses too; names above those of addresses
 * exist and are empty, so that a resolver that asks for them first goes on (RFC 9156, RFC 8020); so
 * are other types at the name of a listed address. Everything else below the base does not exist.
 */
public final class StandardRblLookup implements RblLookup {
  private final ListName listName;
  private final Listing listing = new Listing();
  private boolean hasIpv6;

  /** A lookup that has no data yet. */
  public StandardRblLookup(Name base) {
    listName = new ListName(base);
  }

  @Override
  public void use(RblData newer) {
    listing.use(newer);
    hasIpv6 = newer.hasIpv6();
  }

  @Override
  public Outcome answer(byte[] name, int nameLength, int type, PacketWriter out) {
    listName.parse(name, nameLength);
    if (!listName.isBelow()) {
      return Outcome.OUTSIDE;
    }
    byte[] address = listName.isIpv6() ? listName.ipv6() : listName.ipv4();
    boolean isAddress = listName.isIpv6() || listName.isIpv4();
    if (isAddress && listing.contains(address, address.length)) {
      if (!listing.write(name, type, address, address.length, out)) {
        out.truncate();
      }
    } else if (!isEmpty()) {
      out.flags(out.flags() | Rcode.NXDOMAIN.code());
    }
    return Outcome.ANSWERED;
  }

  /** Four single digits may be an IPv4 address and the start of IPv6 addresses at once. */
  private boolean isEmpty() {
    return listName.isAboveIpv4() || (hasIpv6 && listName.isAboveIpv6());
  }
}
