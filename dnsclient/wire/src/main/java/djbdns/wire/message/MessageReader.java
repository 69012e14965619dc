package djbdns.wire.message;

import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one {@link Message}. Counts that lie end at the packet's last byte. */
final class MessageReader {
  private final PacketReader reader;
  private Optional<Edns> edns = Optional.empty();

  MessageReader(byte[] bytes, int length) {
    reader = new PacketReader().wrap(bytes, length);
  }

  Message read() throws MalformedPacketException {
    Header header = reader.readHeader();
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < header.questionCount(); i++) {
      questions.add(reader.readQuestion());
    }
    List<ResourceRecord> answers = readSection(header.answerCount(), false);
    List<ResourceRecord> authority = readSection(header.authorityCount(), false);
    List<ResourceRecord> additional = readSection(header.additionalCount(), true);
    reader.requireEnd();
    try {
      return new Message(
          header.id(), header.flags(), questions, answers, authority, additional, edns);
    } catch (IllegalArgumentException e) {
      throw MalformedPacketException.INSTANCE;
    }
  }

  private List<ResourceRecord> readSection(int count, boolean mayHaveOpt)
      throws MalformedPacketException {
    List<ResourceRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Name owner = reader.readName();
      RecordType type = new RecordType(reader.readU16());
      if (type.equals(RecordType.OPT)) {
        if (!mayHaveOpt || edns.isPresent() || !owner.isRoot() || Message.endsInTsig(records)) {
          throw MalformedPacketException.INSTANCE;
        }
        edns = Optional.of(Edns.read(reader));
      } else {
        records.add(ResourceRecord.read(reader, owner, type));
      }
    }
    return records;
  }
}
