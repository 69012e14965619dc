package djbdns.client;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One question as it is sent, but for the ID, which each packet has of its own. Immutable. */
public final class Query {
  private static final int QUESTION_COUNT_OFFSET = 4;
  private static final int QUESTION_FIXED_BYTES = 4;

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
    this(question, recursionDesired, plain(question, recursionDesired));
  }

  /** The same with an OPT record (RFC 6891). */
  public Query(Question question, boolean recursionDesired, Edns edns) {
    this(question, recursionDesired, withEdns(question, recursionDesired, edns));
  }

  private Query(Question question, boolean recursionDesired, byte[] template) {
    this.question = question;
    this.recursionDesired = recursionDesired;
    this.template = template;
    name = question.name().toWire();
  }

  /** By hand: of lookups that wait by thousands, a writer's tables would be the greater part. */
  private static byte[] plain(Question question, boolean recursionDesired) {
    byte[] name = question.name().toWire();
    return ByteBuffer.allocate(Limits.HEADER_BYTES + name.length + QUESTION_FIXED_BYTES)
        .putShort(Header.FLAGS_OFFSET, (short) flags(recursionDesired))
        .putShort(QUESTION_COUNT_OFFSET, (short) 1)
        .position(Limits.HEADER_BYTES)
        .put(name)
        .putShort((short) question.type().code())
        .putShort((short) question.recordClass().code())
        .array();
  }

  private static byte[] withEdns(Question question, boolean recursionDesired, Edns edns) {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    new Message(0, flags(recursionDesired), question, Optional.of(edns)).write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private static int flags(boolean recursionDesired) {
    return recursionDesired ? Header.RD : 0;
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

  /** True if this asks for the name at the start of {@code wire}, letter case aside. */
  boolean asksFor(byte[] wire, int length) {
    return length == name.length && NameBytes.equalIgnoreCase(wire, 0, name, 0, length);
  }
}
