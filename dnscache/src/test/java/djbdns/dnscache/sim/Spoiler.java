package djbdns.dnscache.sim;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.A;
import java.io.ByteArrayOutputStream;
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
    byte[] opt = opt(0);
    return switch (refusal) {
      case FORMERR, IGNORES -> error(query, FORMERR, true);
      case NOTIMP -> error(query, NOTIMP, true);
      case FORMERR_HEADER_ONLY -> error(query, FORMERR, false);
      case FORMERR_OPT_ONLY -> counting(0, 1, error(query, FORMERR, false), opt);
      case FORMERR_TRAILING -> join(error(query, FORMERR, false), new byte[5]);
      case FORMERR_ECHOED_OPT -> counting(0, 1, error(query, FORMERR, true), opt);
      case FORMERR_TWO_OPTS -> counting(0, 2, error(query, FORMERR, true), opt, opt);
      case FORMERR_OPT_IN_AUTHORITY -> counting(1, 0, error(query, FORMERR, true), opt);
      case FORMERR_LYING_COUNT -> counting(0, 1, error(query, FORMERR, true));
      case BADVERS -> counting(0, 1, error(query, 0, true), opt(1));
    };
  }

  private static byte[] error(Message query, int rcode, boolean repeats) {
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

  /** An OPT record with the upper bits of a response code (RFC 6891, 6.1.3). */
  private static byte[] opt(int upperRcode) {
    return new byte[] {
      0, 0, (byte) RecordType.OPT.code(), 4, (byte) 0xd0, (byte) upperRcode, 0, 0, 0, 0, 0
    };
  }

  /** Puts parts together behind a header, and other counts of records into it. */
  private static byte[] counting(int authority, int additional, byte[]... parts) {
    byte[] packet = join(parts);
    packet[9] = (byte) authority;
    packet[11] = (byte) additional;
    return packet;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** Adds records that nobody asked for, all of the owner's own zone. */
  static void addMany(ReplyComposer reply, Name asked) {
    for (int i = 0; i < 100; i++) {
      reply.addIfFits(Section.ADDITIONAL, Records.text(asked, 60, "padding " + i));
    }
  }

  static void referUpward(ReplyComposer reply) {
    refer(reply, Name.ROOT);
  }

  /** Names servers of a zone that somebody else should have asked. */
  static void refer(ReplyComposer reply, Name zone) {
    reply.addIfFits(
        Section.AUTHORITY,
        Records.names(zone, Records.NS, 518_400, List.of(Names.of("a.root-servers.net"))));
  }
}
