package djbdns.tinydns.axfr;

import djbdns.tsig.TsigClient;
import djbdns.tsig.TsigException;
import djbdns.tsig.TsigKey;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Opcode;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.util.Arrays;
import java.util.Optional;

/** One NOTIFY message about one zone, and which packet is the answer to it (RFC 1996, 3). */
final class Notice {
  private static final int OPCODE_SHIFT = 11;

  private final int id;
  private final Question question;
  private final Optional<TsigClient> signer;
  private final PacketWriter packet = new PacketWriter(Limits.UDP_BYTES);

  /**
   * A message that is ready to be sent.
   *
   * @param id 16 random bits
   * @param nowSeconds since 1970
   */
  Notice(int id, Name zone, Optional<TsigKey> key, long nowSeconds) {
    this.id = id;
    question = new Question(zone, RecordType.SOA);
    signer = key.map(TsigClient::new);
    packet.begin(id, (Opcode.NOTIFY.code() << OPCODE_SHIFT) | Header.AA, Limits.UDP_BYTES);
    packet.question(question);
    signer.ifPresent(client -> client.sign(packet, nowSeconds));
  }

  /** The message. */
  byte[] toBytes() {
    return Arrays.copyOf(packet.buffer(), packet.length());
  }

  /** The response code of a packet that answers this message; empty for any other. */
  Optional<Rcode> answer(byte[] bytes, int length, long nowSeconds) {
    try {
      Message message = Message.read(bytes, length);
      boolean isAnswer =
          message.id() == id
              && message.header().isResponse()
              && message.opcode().equals(Opcode.NOTIFY)
              && (message.questions().isEmpty() || message.questions().getFirst().equals(question));
      if (!isAnswer) {
        return Optional.empty();
      }
      if (signer.isPresent() && message.rcode().equals(Rcode.NOERROR)) {
        signer.get().verify(bytes, length, nowSeconds);
      }
      return Optional.of(message.rcode());
    } catch (MalformedPacketException | TsigException e) {
      // Whoever sent that is not the secondary.
      return Optional.empty();
    }
  }
}
