package djbdns.tools.odd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a server has been asked.
 *
 * @param zones those of the server
 * @param earlier how often it was asked the same before, over any transport
 */
record Query(Message message, boolean overTcp, Zones zones, int earlier) {
  static Query read(byte[] bytes, int length, boolean overTcp, Zones zones, int earlier)
      throws MalformedPacketException {
    return new Query(Message.read(bytes, length), overTcp, zones, earlier);
  }

  Question question() {
    return message.questions().getFirst();
  }

  Name name() {
    return question().name();
  }

  RecordType type() {
    return question().type();
  }

  boolean hasEdns() {
    return message.edns().isPresent();
  }

  /** True if the name asked for has letters that are not small. */
  boolean hasCapitals() {
    String text = new String(name().toWire(), ISO_8859_1);
    return !text.equals(text.toLowerCase(Locale.ROOT));
  }

  /** The right answer. */
  Message answer() {
    return zones.answer(message);
  }

  /** A response without records. */
  Message bare(int flags, Rcode rcode) {
    return Zones.response(message, flags, rcode, List.of(), List.of(), List.of());
  }

  /** A response with these records. */
  Message response(int flags, List<ResourceRecord> answers, List<ResourceRecord> authority) {
    return Zones.response(message, flags, Rcode.NOERROR, answers, authority, List.of());
  }

  /** A message as it is sent in answer to this query: truncated where it does not fit. */
  byte[] encode(Message response) {
    int limit = Limits.MESSAGE_BYTES;
    if (!overTcp) {
      int allowed = message.edns().map(Edns::udpPayloadBytes).orElse(Limits.UDP_BYTES);
      limit = Math.max(Limits.UDP_BYTES, Math.min(allowed, Limits.EDNS_UDP_BYTES));
    }
    PacketWriter writer = new PacketWriter(limit);
    response.write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  Reaction send(Message response) {
    return Reaction.of(encode(response));
  }

  /** What a server without any oddity does. */
  Reaction rightly() {
    return send(answer());
  }

  /** TC, and nothing else. */
  Reaction truncated() {
    return send(bare(Header.AA | Header.TC, Rcode.NOERROR));
  }
}
