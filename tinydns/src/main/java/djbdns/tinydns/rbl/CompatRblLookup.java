package djbdns.tinydns.rbl;

import djbdns.content.Outcome;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;

/**
 * Answers as rbldns 1.05 does (rbldns.c): {@code A}, {@code TXT} and {@code ANY} at the names of
 * IPv4 addresses; everything else is refused.
 */
public final class CompatRblLookup implements RblLookup {
  private final ListName listName;
  private final Listing listing = new Listing();

  /** A lookup that has no data yet. */
  public CompatRblLookup(Name base) {
    listName = new ListName(base);
  }

  @Override
  public void use(RblData newer) {
    listing.use(newer);
  }

  @Override
  public Outcome answer(byte[] name, int nameLength, int type, PacketWriter out) {
    listName.parse(name, nameLength);
    if (!listName.isIpv4() || !isAnswered(type)) {
      out.flags((out.flags() & ~Header.AA) | Rcode.REFUSED.code());
      return Outcome.ANSWERED;
    }
    byte[] address = listName.ipv4();
    if (!listing.contains(address, address.length)) {
      // Even for class ANY, whose answers have no AA otherwise.
      out.flags(out.flags() | Header.AA | Rcode.NXDOMAIN.code());
      return Outcome.ANSWERED;
    }
    return listing.write(name, type, address, address.length, out)
        ? Outcome.ANSWERED
        : Outcome.FAILED;
  }

  private static boolean isAnswered(int type) {
    return type == RecordType.A.code()
        || type == RecordType.TXT.code()
        || type == RecordType.ANY.code();
  }
}
