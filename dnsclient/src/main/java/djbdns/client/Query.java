package djbdns.client;

import djbdns.wire.Edns;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import java.util.Arrays;
import java.util.Optional;

/** One question as it is sent, but for the ID, which each packet has of its own. Immutable. */
public final class Query {
  private static final int QUESTION_FIXED_BYTES = 4;
  private static final int PLAIN_BYTES =
      Limits.HEADER_BYTES + Limits.NAME_BYTES + QUESTION_FIXED_BYTES;

  private final Question question;
  private final boolean recursionDesired;
  private final byte[] template;
  private final byte[] name;

  /**
   * A query without EDNS0, as 1.05 sends it (dns_transmit.c).
   *
   * @param recursionDesired asks a cache (RD=1) rather than a server of a zone
   */
  public Query(Question question, boolean recursionDesired) {
    this(question, recursionDesired, Optional.empty());
  }

  /** The same with an OPT record (RFC 6891). */
  public Query(Question question, boolean recursionDesired, Edns edns) {
    this(question, recursionDesired, Optional.of(edns));
  }

  private Query(Question question, boolean recursionDesired, Optional<Edns> edns) {
    this.question = question;
    this.recursionDesired = recursionDesired;
    name = question.name().toWire();
    PacketWriter writer = new PacketWriter(edns.isPresent() ? Limits.MESSAGE_BYTES : PLAIN_BYTES);
    writer.begin(0, recursionDesired ? Header.RD : 0, writer.limit());
    writer.question(name, 0, question.type().code(), question.recordClass().code());
    edns.ifPresent(opt -> opt.writeTo(writer));
    template = Arrays.copyOf(writer.buffer(), writer.length());
  }

  public Question question() {
    return question;
  }

  public boolean recursionDesired() {
    return recursionDesired;
  }

  /** Length of the packet. */
  public int length() {
    return template.length;
  }

  /**
   * The packet.
   *
   * @param id 0 to 65535, unpredictable
   */
  public byte[] packet(int id) {
    byte[] packet = template.clone();
    packet[0] = (byte) (id >> 8);
    packet[1] = (byte) id;
    return packet;
  }

  /** Whether this asks for the name at the start of {@code wire}, letter case aside. */
  boolean asksFor(byte[] wire, int length) {
    return length == name.length && NameBytes.equalIgnoreCase(wire, 0, name, 0, length);
  }
}
