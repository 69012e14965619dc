package djbdns.walldns;

import djbdns.content.Answers;
import djbdns.content.Outcome;
import djbdns.server.Client;
import djbdns.wire.Header;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.QueryReader;

/**
 * The wall's answers (walldns.c): a name that says an address has this address, a reverse name is
 * its own name, and there is nothing else. 1.05 knows IPv4 and refuses all types but A, PTR and
 * ANY; otherwise such a type is NODATA without an SOA record (RFC 2308, 2.2), since the wall does
 * not know where the zone starts that was delegated to it. Belongs to one thread.
 */
final class Wall implements Answers {
  private static final long TTL_SECONDS = 655_360;

  private static final int A = RecordType.A.code();
  private static final int PTR = RecordType.PTR.code();
  private static final int AAAA = RecordType.AAAA.code();
  private static final int ANY = RecordType.ANY.code();

  private final AddressName name = new AddressName();
  private final boolean compat;

  /**
   * A wall without any state but what one answer needs.
   *
   * @param compat whether it answers as 1.05
   */
  Wall(boolean compat) {
    this.compat = compat;
  }

  @Override
  public Outcome answer(QueryReader query, Client client, PacketWriter response) {
    int type = query.type();
    AddressName.Form form = name.read(query.name(), query.nameLength());
    if (!isOurs(form, type)) {
      return refuse(response);
    }
    boolean written =
        switch (form) {
          case NONE -> true;
          case DOTTED -> writeAddress(A, query, response);
          case IN_ADDR -> writeAddress(A, query, response) && writeName(query, response);
          case IP6 -> writeAddress(AAAA, query, response) && writeName(query, response);
        };
    return written ? Outcome.ANSWERED : Outcome.FAILED;
  }

  private boolean isOurs(AddressName.Form form, int type) {
    return switch (form) {
      case NONE -> false;
      case DOTTED, IN_ADDR -> !compat || type == A || type == PTR || type == ANY;
      case IP6 -> !compat;
    };
  }

  /** To 1.05 a refusal is an answer, in the log as well. */
  private Outcome refuse(PacketWriter response) {
    if (!compat) {
      return Outcome.OUTSIDE;
    }
    response.flags((response.flags() & ~Header.AA) | Rcode.REFUSED.code());
    return Outcome.ANSWERED;
  }

  /** Writes the address if it is asked for and the name has all of it; false if it does not fit. */
  private boolean writeAddress(int addressType, QueryReader query, PacketWriter response) {
    if (!isWanted(addressType, query) || !name.isWhole()) {
      return true;
    }
    if (!begin(addressType, query, response)
        || !response.addBytes(name.address(), 0, name.addressBytes())) {
      return false;
    }
    response.endRecord(Section.ANSWER);
    return true;
  }

  /** Writes the name as its own name if that is asked for; false if it does not fit. */
  private static boolean writeName(QueryReader query, PacketWriter response) {
    if (!isWanted(PTR, query)) {
      return true;
    }
    if (!begin(PTR, query, response) || !response.addName(query.name(), 0)) {
      return false;
    }
    response.endRecord(Section.ANSWER);
    return true;
  }

  private static boolean isWanted(int recordType, QueryReader query) {
    return query.type() == recordType || query.type() == ANY;
  }

  private static boolean begin(int recordType, QueryReader query, PacketWriter response) {
    return response.beginRecord(query.name(), 0, recordType, RecordClass.IN.code(), TTL_SECONDS);
  }
}
