package djbdns.tsig;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.Arrays;

/** A key, and packets to sign. */
final class SignedMessages {
  static final long NOW = 1_800_000_000L;
  static final int ID = 0x1234;

  static final TsigKey KEY = key(TsigAlgorithm.HMAC_SHA256, 32);
  static final TsigKeys KEYS = new TsigKeys(java.util.List.of(KEY));

  private SignedMessages() {}

  static TsigKey key(TsigAlgorithm algorithm, int macBytes) {
    return new TsigKey(
        name("transfer.key.example"), algorithm, Bytes.ofText("known to two"), macBytes);
  }

  static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** A query without a signature. */
  static PacketWriter query() {
    return message(0, 0);
  }

  /** A message with the question and some records, all with the same number in their data. */
  static PacketWriter answer(int number) {
    return message(Header.QR, 1 + number % 3, number);
  }

  private static PacketWriter message(int flags, int records, int... number) {
    PacketWriter writer = new PacketWriter(1000);
    byte[] name = name("www.example").toWire();
    writer.begin(ID, flags, writer.limit());
    writer.question(name, 0, RecordType.TXT.code(), RecordClass.IN.code());
    for (int i = 0; i < records; i++) {
      writer.beginRecord(name, 0, RecordType.TXT.code(), RecordClass.IN.code(), 60);
      writer.addU32(number[0]);
      writer.endRecord(Section.ANSWER);
    }
    return writer;
  }

  static byte[] bytes(PacketWriter writer) {
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  /** A query as a client with the key sends it. */
  static byte[] signedQuery(TsigClient client, long now) {
    PacketWriter writer = query();
    if (!client.sign(writer, now)) {
      throw new AssertionError("no room");
    }
    return bytes(writer);
  }

  /** The next message of the answer. */
  static byte[] signedAnswer(TsigRequest request, int number, long now) {
    PacketWriter writer = answer(number);
    if (!request.sign(writer, now)) {
      throw new AssertionError("no room");
    }
    return bytes(writer);
  }

  static TsigRequest read(byte[] query, TsigKeys keys, long now) {
    return TsigRequest.read(query, query.length, keys, now);
  }

  /** The packet with one bit turned over. */
  static byte[] flipped(byte[] packet, int bit) {
    byte[] copy = packet.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return copy;
  }
}
