package djbdns.tools.odd;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Cname;
import djbdns.wire.rdata.Ns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Oddities, each in few words. */
final class Behaviours {
  /** An OPT record as it is sent. */
  private static final Bytes OPT = Bytes.ofHex("00002904d0000000000000");

  private static final int FLAGS = Header.FLAGS_OFFSET;
  private static final int ANCOUNT = 7;
  private static final int NSCOUNT = 9;
  private static final int ARCOUNT = 11;

  private Behaviours() {}

  /** Odd towards some queries, good towards others. */
  static Behaviour towards(Predicate<Query> some, Behaviour odd) {
    return query -> some.test(query) ? odd.to(query) : query.rightly();
  }

  static Predicate<Query> ofType(String type) {
    RecordType wanted = RecordType.parse(type).orElseThrow();
    return query -> query.type().equals(wanted);
  }

  /** Queries for names that have no records, though others below them may. */
  static Predicate<Query> unknownNames() {
    return query -> !query.zones().hasRecords(query.name());
  }

  /** A response code, and no records. */
  static Behaviour saying(Rcode rcode) {
    return query -> query.send(query.bare(0, rcode));
  }

  /** The same without the OPT record that the query asks for. */
  static Behaviour sayingWithoutOpt(Rcode rcode) {
    return query -> query.send(withoutOpt(query.bare(0, rcode)));
  }

  /** "No data", by an empty message alone. */
  static Behaviour empty(int flags) {
    return query -> query.send(query.bare(flags, Rcode.NOERROR));
  }

  static Behaviour late(int ms) {
    return query -> query.rightly().late(ms);
  }

  /** Truncated over UDP; something over TCP. */
  static Behaviour truncating(Behaviour overTcp) {
    return query -> query.overTcp() ? overTcp.to(query) : query.truncated();
  }

  /**
   * NS records of a zone above the name, and nothing else.
   *
   * @param labels how many the zone has: 0 for the root
   */
  static Behaviour referringUp(int labels, int flags) {
    return query -> {
      Name zone = ancestor(query.name(), labels);
      List<ResourceRecord> servers =
          List.of(new ResourceRecord(zone, 300, new Ns(Zones.name("a.roots"))));
      return query.send(query.response(flags, List.of(), servers));
    };
  }

  private static Name ancestor(Name name, int labels) {
    Name at = name;
    while (at.labelCount() > labels) {
      at = at.parent();
    }
    return at;
  }

  /** An alias that is made from the question, letter by letter: {@code t.} and the name. */
  static Behaviour aliasBelowQuestion() {
    return query -> aliasTo(query, new byte[] {1, 't'}, query.name().toWire());
  }

  /** The same: the first label of the name, and another zone. */
  static Behaviour aliasElsewhere(String zone) {
    return query -> {
      byte[] name = query.name().toWire();
      Name domain = ancestor(query.name(), 1);
      byte[] end = Zones.name(zone + "." + domain).toWire();
      return aliasTo(query, Arrays.copyOf(name, 1 + name[0]), end);
    };
  }

  private static Reaction aliasTo(Query query, byte[] start, byte[] end) {
    byte[] target = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, target, start.length, end.length);
    ResourceRecord alias = new ResourceRecord(query.name(), 300, new Cname(Name.ofWire(target, 0)));
    return query.send(query.response(Header.AA, List.of(alias), List.of()));
  }

  /** The right answer to the same question in small letters. */
  static Behaviour inSmallLetters() {
    return query -> {
      Message asked = query.message();
      Question small = new Question(query.name().lowerCase(), query.type());
      Message lower = new Message(asked.id(), asked.flags(), small, asked.edns());
      return query.send(query.zones().answer(lower));
    };
  }

  /** The right answer, as if another name had been asked for. */
  static Behaviour toAnotherQuestion() {
    return query -> {
      Message asked = query.message();
      Question other = new Question(Zones.name("another." + query.name()), query.type());
      Message changed = new Message(asked.id(), asked.flags(), other, asked.edns());
      return query.send(query.zones().answer(changed));
    };
  }

  /** The right answer with its bytes changed. */
  static Behaviour altered(UnaryOperator<byte[]> change) {
    return query -> Reaction.of(change.apply(query.encode(query.answer())));
  }

  /** The same, without an OPT record to begin with. */
  static Behaviour alteredPlain(UnaryOperator<byte[]> change) {
    return query -> Reaction.of(change.apply(query.encode(withoutOpt(query.answer()))));
  }

  private static Message withoutOpt(Message message) {
    return new Message(
        message.id(),
        message.flags(),
        message.questions(),
        message.answers(),
        message.authority(),
        message.additional(),
        Optional.empty());
  }

  /** The right answer with its flags changed. */
  static Behaviour flagged(int cleared, int set) {
    return altered(bytes -> {
      int flags = (bytes[FLAGS] & 0xff) << 8 | (bytes[FLAGS + 1] & 0xff);
      flags = (flags & ~cleared) | set;
      bytes[FLAGS] = (byte) (flags >> 8);
      bytes[FLAGS + 1] = (byte) flags;
      return bytes;
    });
  }

  static Behaviour withWrongId() {
    return altered(bytes -> {
      bytes[0] ^= 0x55;
      return bytes;
    });
  }

  /** "No such name" where the truth is that the name has no records of this type. */
  static Behaviour denyingNames() {
    return query -> {
      Message answer = query.answer();
      boolean isDenial = answer.rcode().equals(Rcode.NOERROR) && answer.answers().isEmpty();
      boolean isReferral = (answer.flags() & Header.AA) == 0;
      return isDenial && !isReferral
          ? flagged(0, Rcode.NXDOMAIN.code()).to(query)
          : query.send(answer);
    };
  }

  /**
   * A response code without a question.
   *
   * @param rest what follows the header
   * @param questions what the header says of the number of questions
   * @param additional what it says of the number of additional records
   */
  static Behaviour headerOnly(Rcode rcode, byte[] rest, int questions, int additional) {
    return query -> {
      byte[] whole = query.encode(query.bare(0, rcode));
      byte[] bytes = Arrays.copyOf(whole, 12 + rest.length);
      System.arraycopy(rest, 0, bytes, 12, rest.length);
      bytes[5] = (byte) questions;
      bytes[ARCOUNT] = (byte) additional;
      return Reaction.of(bytes);
    };
  }

  /** The first bytes of the right answer. */
  static Behaviour cutTo(int bytes) {
    return altered(whole -> Arrays.copyOf(whole, bytes));
  }

  /** The right answer without its question. */
  static Behaviour withoutQuestion() {
    return query -> {
      Message answer = query.answer();
      return query.send(
          new Message(
              answer.id(),
              answer.flags(),
              List.of(),
              answer.answers(),
              answer.authority(),
              answer.additional(),
              answer.edns()));
    };
  }

  /** The right answer without OPT, and a count that says more or less than there is. */
  static Behaviour lyingAboutAdditional(int more) {
    return alteredPlain(bytes -> {
      bytes[ARCOUNT] = (byte) (bytes[ARCOUNT] + more);
      return bytes;
    });
  }

  /** The right answer and OPT records behind it that nothing counts. */
  static Behaviour hidingOpt() {
    return alteredPlain(bytes -> withOpt(bytes, 1));
  }

  static Behaviour withTwoOpts() {
    return alteredPlain(bytes -> {
      byte[] more = withOpt(bytes, 2);
      more[ARCOUNT] = (byte) (more[ARCOUNT] + 2);
      return more;
    });
  }

  /** For answers whose later sections are empty. */
  static Behaviour withOptInAuthority() {
    return alteredPlain(bytes -> {
      byte[] more = withOpt(bytes, 1);
      more[NSCOUNT] = (byte) (more[NSCOUNT] + 1);
      return more;
    });
  }

  /** For answers whose later sections are empty. */
  static Behaviour withOptInAnswer() {
    return alteredPlain(bytes -> {
      byte[] more = withOpt(bytes, 1);
      more[ANCOUNT] = (byte) (more[ANCOUNT] + 1);
      return more;
    });
  }

  /** A version of EDNS that it does not know, whichever it is. */
  static Behaviour badVersion() {
    return query -> {
      byte[] bytes = withOpt(query.encode(withoutOpt(query.bare(0, Rcode.NOERROR))), 1);
      bytes[ARCOUNT] = 1;
      // The upper bits of the response code.
      bytes[bytes.length - 6] = 1;
      return Reaction.of(bytes);
    };
  }

  private static byte[] withOpt(byte[] bytes, int times) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + times * OPT.length());
    for (int i = 0; i < times; i++) {
      System.arraycopy(OPT.toArray(), 0, more, bytes.length + i * OPT.length(), OPT.length());
    }
    return more;
  }
}
