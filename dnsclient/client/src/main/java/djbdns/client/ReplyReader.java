package djbdns.client;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Opcode;
import djbdns.wire.PacketReader;
import djbdns.wire.Rcode;

/**
 * Says what a received packet is to a query. Unlike 1.05 (dns_transmit.c) it takes no query (QR=0)
 * and no other opcode for a reply. Belongs to one thread.
 */
final class ReplyReader {
  /** The kinds of packets. */
  enum Kind {
    /** Answers the query. */
    ANSWER,
    /** Answers the query, but not all of it fitted: TC=1. */
    TRUNCATED,
    /** Answers the query with a response code other than NOERROR and NXDOMAIN. */
    SERVER_FAILED,
    /** Answers some other query, or is none of the kind. */
    UNRELATED,
    /** Has no header and question that can be read. */
    MALFORMED
  }

  private final PacketReader reader = new PacketReader();
  private final byte[] name = new byte[Limits.NAME_BYTES];

  Kind read(Query query, int id, byte[] packet, int length) {
    try {
      reader.wrap(packet, length);
      Header header = reader.readHeader();
      if (!isReply(header, id) || !repeatsQuestion(query)) {
        return Kind.UNRELATED;
      }
      return outcome(header);
    } catch (MalformedPacketException e) {
      return Kind.MALFORMED;
    }
  }

  private static boolean isReply(Header header, int id) {
    return header.id() == id
        && header.isResponse()
        && (header.flags() & Header.OPCODE) == Opcode.QUERY.code()
        && header.questionCount() == 1;
  }

  private boolean repeatsQuestion(Query query) throws MalformedPacketException {
    int nameLength = reader.readName(name, 0);
    return query.asksFor(name, nameLength)
        && reader.readU16() == query.question().type().code()
        && reader.readU16() == query.question().recordClass().code();
  }

  private static Kind outcome(Header header) {
    if ((header.flags() & Header.TC) != 0) {
      return Kind.TRUNCATED;
    }
    int rcode = header.flags() & Header.RCODE;
    return rcode == Rcode.NOERROR.code() || rcode == Rcode.NXDOMAIN.code()
        ? Kind.ANSWER
        : Kind.SERVER_FAILED;
  }
}
