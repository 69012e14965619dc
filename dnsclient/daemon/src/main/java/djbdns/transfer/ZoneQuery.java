package djbdns.transfer;

import djbdns.tsig.TsigClient;
import djbdns.tsig.TsigException;
import djbdns.tsig.TsigKey;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.Opcode;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Questions about one zone, and which messages answer them: those with the ID and question of the
 * last query, no error and, where there is a key, the right signature. Does no I/O. One thread.
 */
public final class ZoneQuery {
  private static final int QUERY_BYTES = 1024;
  private static final int RCODE_OFFSET = 3;

  private final Name zone;
  private final Optional<TsigClient> signature;
  private final RandomGenerator random;
  private final LongSupplier nowSeconds;
  private final PacketWriter query = new PacketWriter(QUERY_BYTES);
  private final PacketReader reader = new PacketReader();
  private final byte[] name = new byte[Limits.NAME_BYTES];
  private int id;
  private RecordType type = RecordType.SOA;
  private int answerCount;

  /**
   * Questions about a zone.
   *
   * @param random gives IDs
   * @param nowSeconds since 1970, for signatures
   */
  public ZoneQuery(
      Name zone, Optional<TsigKey> key, RandomGenerator random, LongSupplier nowSeconds) {
    this.zone = zone;
    signature = key.map(TsigClient::new);
    this.random = random;
    this.nowSeconds = nowSeconds;
  }

  public Name zone() {
    return zone;
  }

  /** The query for a type, to be sent before the next is made. */
  public PacketWriter query(RecordType newType) {
    type = newType;
    id = random.nextInt(1 << 16);
    query.begin(id, 0, query.limit());
    query.question(new Question(zone, type));
    signature.ifPresent(client -> client.sign(query, nowSeconds.getAsLong()));
    return query;
  }

  /**
   * Checks a message.
   *
   * @return a reader that stands before its answers, of which there are {@link #answerCount()}
   * @throws TransferException if it does not answer the query
   */
  public PacketReader check(byte[] packet, int length)
      throws TransferException, MalformedPacketException {
    if (signature.isPresent()) {
      verify(signature.get(), packet, length);
    }
    reader.wrap(packet, length);
    Header header = reader.readHeader();
    int mustBe = Header.QR | Opcode.QUERY.code();
    if (header.id() != id
        || (header.flags() & (Header.QR | Header.OPCODE | Header.TC)) != mustBe
        || header.questionCount() > 1) {
      throw MalformedPacketException.INSTANCE;
    }
    if (!header.rcode().equals(Rcode.NOERROR)) {
      throw new TransferException("server says " + header.rcode());
    }
    if (header.questionCount() == 1) {
      checkQuestion();
    }
    answerCount = header.answerCount();
    return reader;
  }

  /** Answers in the message checked last. */
  public int answerCount() {
    return answerCount;
  }

  /** True if the last message was signed, or need not be. */
  boolean isVerified() {
    return signature.isEmpty() || signature.get().isVerified();
  }

  /** axfrdns of 1.05 leaves it out of transfers, as RFC 5936, 2.2.1, allows behind the first. */
  private void checkQuestion() throws MalformedPacketException {
    int nameLength = reader.readName(name, 0);
    if (nameLength != zone.length()
        || !NameBytes.equalIgnoreCase(name, 0, zone.toWire(), 0, nameLength)
        || reader.readU16() != type.code()
        || reader.readU16() != RecordClass.IN.code()) {
      throw MalformedPacketException.INSTANCE;
    }
  }

  private void verify(TsigClient client, byte[] packet, int length) throws TransferException {
    try {
      client.verify(packet, length, nowSeconds.getAsLong());
    } catch (TsigException e) {
      Rcode rcode = new Rcode(length > RCODE_OFFSET ? packet[RCODE_OFFSET] & Header.RCODE : 0);
      String error = rcode.equals(Rcode.NOERROR) ? "" : "server says " + rcode + ", ";
      throw new TransferException(error + e.getMessage());
    }
  }
}
