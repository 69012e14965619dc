package djbdns.wire.message;

import djbdns.wire.Codes;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Opcode;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.List;
import java.util.Optional;

/**
 * A whole message (RFC 1035, 4.1). For clients, tools and tests: servers read queries with {@link
 * QueryReader} and write answers with {@link PacketWriter}.
 *
 * @param id 16 bits
 * @param flags 16 bits: see {@link Header}
 * @param additional without the OPT record
 * @param edns what the OPT record says, if there is one
 */
public record Message(
    int id,
    int flags,
    List<Question> questions,
    List<ResourceRecord> answers,
    List<ResourceRecord> authority,
    List<ResourceRecord> additional,
    Optional<Edns> edns) {
  private static final int EXTENDED_RCODE_SHIFT = 4;

  /**
   * @throws IllegalArgumentException if a count exceeds 16 bits, a record is an OPT record, or a
   *     TSIG record is not the last one (RFC 8945, 5.1)
   */
  public Message {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
    authority = List.copyOf(authority);
    additional = List.copyOf(additional);
    Codes.checkU16(id);
    Codes.checkU16(flags);
    Codes.checkU16(questions.size());
    checkRecords(answers, answers.size());
    checkRecords(authority, authority.size());
    checkRecords(additional, additional.size() - 1);
  }

  /** A query with one question. */
  public Message(int id, int flags, Question question, Optional<Edns> edns) {
    this(id, flags, List.of(question), List.of(), List.of(), List.of(), edns);
  }

  /** Checks a section in which only the record at {@code last} may be TSIG. */
  private static void checkRecords(List<ResourceRecord> records, int last) {
    Codes.checkU16(records.size() + 1);
    for (int i = 0; i < records.size(); i++) {
      RecordType type = records.get(i).type();
      if (type.equals(RecordType.OPT) || (type.equals(RecordType.TSIG) && i != last)) {
        throw new IllegalArgumentException("misplaced " + type);
      }
    }
  }

  /** The response code, its upper 8 bits from EDNS0. */
  public Rcode rcode() {
    int upper = edns.map(Edns::extendedRcode).orElse(0) << EXTENDED_RCODE_SHIFT;
    return new Rcode(upper | (flags & Header.RCODE));
  }

  public Opcode opcode() {
    return header().opcode();
  }

  /** The header as it is sent: the OPT record counts as additional. */
  public Header header() {
    return new Header(
        id,
        flags,
        questions.size(),
        answers.size(),
        authority.size(),
        additional.size() + (edns.isPresent() ? 1 : 0));
  }

  /** The records of a section. */
  public List<ResourceRecord> section(Section section) {
    return switch (section) {
      case ANSWER -> answers;
      case AUTHORITY -> authority;
      case ADDITIONAL -> additional;
    };
  }

  /** Reads a message that takes up exactly {@code length} bytes from the array's start. */
  public static Message read(byte[] bytes, int length) throws MalformedPacketException {
    return new MessageReader(bytes, length).read();
  }

  /**
   * Starts a packet within the writer's limit and writes this message to it. If that is too small
   * for all records there are none, but TC is set (RFC 2181, 9), and the questions and the OPT
   * record are kept as far as they fit.
   *
   * @return whether everything fitted
   */
  public boolean write(PacketWriter writer) {
    writer.begin(id, flags, writer.limit());
    if (writeAll(writer)) {
      return true;
    }
    writer.truncate();
    edns.ifPresent(opt -> opt.writeTo(writer));
    return false;
  }

  private boolean writeAll(PacketWriter writer) {
    for (Question question : questions) {
      if (!writer.question(question)) {
        return false;
      }
    }
    int unsigned = additional.size() - (endsInTsig(additional) ? 1 : 0);
    return writeRecords(writer, Section.ANSWER, answers)
        && writeRecords(writer, Section.AUTHORITY, authority)
        && writeRecords(writer, Section.ADDITIONAL, additional.subList(0, unsigned))
        && (edns.isEmpty() || edns.get().writeTo(writer))
        && writeRecords(
            writer, Section.ADDITIONAL, additional.subList(unsigned, additional.size()));
  }

  static boolean endsInTsig(List<ResourceRecord> records) {
    return !records.isEmpty() && records.getLast().type().equals(RecordType.TSIG);
  }

  private static boolean writeRecords(
      PacketWriter writer, Section section, List<ResourceRecord> records) {
    for (ResourceRecord resourceRecord : records) {
      if (!resourceRecord.writeTo(writer, section)) {
        return false;
      }
    }
    return true;
  }
}
