package djbdns.dnscache.sim;

import djbdns.wire.A;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.ResourceRecord;
import djbdns.wire.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Replies that are wrong in one way or another. */
public final class Spoiler {
  private static final int OPCODE_STATUS = 2 << 11;
  private static final int FORMERR = 1;
  private static final int NOTIMP = 4;
  private static final long FORGED_TTL_SECONDS = 3600;

  private Spoiler() {}

  /** A reply to a query that says whatever a forger wants to be believed. */
  public static byte[] forgery(int id, Question question, ResourceRecord... answers) {
    return bytes(
        new Message(
            id,
            Header.QR | Header.AA,
            List.of(question),
            List.of(answers),
            List.of(),
            List.of(),
            Optional.empty()));
  }

  /** A message as it is sent. */
  public static byte[] bytes(Message message) {
    PacketWriter writer = new PacketWriter(Limits.EDNS_UDP_BYTES);
    message.write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  static byte[] mistake(
      byte[] right, Message query, Behaviour.Mistake mistake, RandomGenerator random) {
    Question asked = query.questions().getFirst();
    ResourceRecord poison =
        new ResourceRecord(asked.name(), FORGED_TTL_SECONDS, new A(Bytes.of(Liar.IPV4)));
    int otherId = query.id() ^ (1 << random.nextInt(16));
    return switch (mistake) {
      case ID -> forgery(otherId, asked, poison);
      case QUESTION_NAME ->
          forgery(query.id(), new Question(Names.child("poison", Name.ROOT), asked.type()), poison);
      case QUESTION_TYPE ->
          forgery(
              query.id(),
              new Question(asked.name(), new RecordType(asked.type().code() + 1)),
              poison);
      case NOT_A_RESPONSE -> withFlags(forgery(query.id(), asked, poison), Header.AA);
      case OPCODE ->
          withFlags(forgery(query.id(), asked, poison), Header.QR | Header.AA | OPCODE_STATUS);
      case FORGED_FORMERR -> withFlags(forgery(otherId, asked), Header.QR | FORMERR);
      case SHORT -> Arrays.copyOf(right, random.nextInt(Limits.HEADER_BYTES));
    };
  }

  private static byte[] withFlags(byte[] packet, int flags) {
    packet[2] = (byte) (flags >> 8);
    packet[3] = (byte) flags;
    return packet;
  }

  static byte[] garble(byte[] right, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] garbled = right.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = 2 + random.nextInt(garbled.length - 2);
      garbled[at] = (byte) random.nextInt(256);
    }
    return Arrays.copyOf(garbled, garbled.length - random.nextInt(3));
  }

  static byte[] refuseEdns(Message query, Behaviour.EdnsRefusal refusal) {
    int rcode = refusal == Behaviour.EdnsRefusal.NOTIMP ? NOTIMP : FORMERR;
    boolean repeats = refusal != Behaviour.EdnsRefusal.FORMERR_HEADER_ONLY;
    return bytes(
        new Message(
            query.id(),
            Header.QR | rcode,
            repeats ? query.questions() : List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty()));
  }

  /** Adds records that nobody asked for, all of the owner's own zone. */
  static void addMany(ReplyComposer reply, Name asked) {
    for (int i = 0; i < 100; i++) {
      reply.addIfFits(Section.ADDITIONAL, Records.text(asked, 60, "padding " + i));
    }
  }

  static void referUpward(ReplyComposer reply) {
    reply.addIfFits(
        Section.AUTHORITY,
        Records.names(Name.ROOT, Records.NS, 518_400, List.of(Names.of("a.root-servers.net"))));
  }
}
