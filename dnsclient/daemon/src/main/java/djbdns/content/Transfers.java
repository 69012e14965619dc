package djbdns.content;

import djbdns.server.Client;
import djbdns.tsig.TsigRequest;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.message.QueryReader;
import java.util.Optional;

/**
 * Zone transfers of a server that has them, over TCP (RFC 5936, RFC 1995). Belongs to one thread.
 */
public interface Transfers {
  /** True if a client may ask anything at all; if not, its connection is closed. */
  boolean admits(Client client);

  /**
   * Answers a query for AXFR or IXFR of class IN, whose signature is right if it has one.
   *
   * @param packet the query, which has more sections than {@code query} has read
   * @param response holds the header, with AA set, and the question
   * @return NOERROR if the response holds the answer; another code if that is the answer; empty if
   *     the client is sent a stream of messages
   */
  Optional<Rcode> answer(
      byte[] packet,
      int packetLength,
      QueryReader query,
      TsigRequest signature,
      Client client,
      PacketWriter response);
}
