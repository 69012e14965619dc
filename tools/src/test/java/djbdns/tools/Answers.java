package djbdns.tools;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every kind of answer, by number: queries for {@code c17.test} and for the PTR records of
 * 10.0.0.17 get answer 17; what is too long for a datagram comes over TCP. A query for anything
 * else gets an A record of the server's address.
 */
final class Answers implements Script {
  private static final int QUESTION_START = 12;
  private static final int RANDOM_ANSWERS = 250;
  private static final Pattern NUMBERED =
      Pattern.compile("^c([0-9]+)(?:[.]|$)|^([0-9]+)[.]([0-9]+)[.]0[.]10[.]in-addr[.]arpa$");

  private final List<UnaryOperator<byte[]>> answers = new ArrayList<>();
  private final List<Integer> longAnswers = new ArrayList<>();
  private final byte[] address;
  private final int firstLookup;
  private int longText;

  Answers(byte[] address) {
    this.address = address.clone();
    addTypes();
    addFlags();
    addOddities();
    addMalformed();
    addRandom(new Random(20260101));
    firstLookup = answers.size();
    addSets();
    addLies();
  }

  int count() {
    return answers.size();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A record whose owner is the name asked for. */
  static byte[] record(int type, int recordClass, byte[] data) {
    return join(
        bytes(0xc0, QUESTION_START, type >> 8, type, recordClass >> 8, recordClass, 0, 1, 2, 3),
        bytes(data.length >> 8, data.length),
        data);
  }

  /** A reply with these flags, the counts of the three sections, and their bytes. */
  static byte[] reply(byte[] query, int flags, int an, int ns, int ar, byte[]... records) {
    byte[] head = query.clone();
    head[2] |= (byte) (0x80 | flags >> 8);
    head[3] |= (byte) flags;
    head[6] = (byte) (an >> 8);
    head[7] = (byte) an;
    head[9] = (byte) ns;
    head[11] = (byte) ar;
    return join(head, join(records));
  }

  private void addRecord(int type, int recordClass, byte[] data) {
    answers.add(q -> reply(q, 0x0400, 1, 0, 0, record(type, recordClass, data)));
  }

  private void addTypes() {
    Random random = new Random(1);
    for (int type = 0; type <= 66; type++) {
      byte[] data = new byte[random.nextInt(60)];
      random.nextBytes(data);
      addRecord(type, 1, data);
    }
    byte[] allBytes = new byte[256];
    for (int i = 0; i < allBytes.length; i++) {
      allBytes[i] = (byte) i;
    }
    for (int type : new int[] {16, 99, 249, 255, 257, 4096, 32769, 65535}) {
      addRecord(type, 1, allBytes);
      addRecord(type, 1, new byte[0]);
    }
    for (int type : new int[] {2, 5, 12}) {
      addRecord(type, 1, bytes(0xc0, QUESTION_START));
      addRecord(type, 1, bytes(0));
      addRecord(type, 1, bytes(4, 'A', '.', '\\', 0xff, 0xc0, QUESTION_START));
      addRecord(type, 1, bytes(1, '-', 1, '_', 1, ' ', 0));
    }
    addRecord(15, 1, bytes(0, 10, 0xc0, QUESTION_START));
    addRecord(15, 1, bytes(0xff, 0xff, 0));
    addRecord(6, 1, join(bytes(0xc0, QUESTION_START, 1, 'h', 0), new byte[20]));
    addRecord(6, 1, join(bytes(0, 0), Arrays.copyOf(allBytes, 20)));
    byte[] ones = new byte[20];
    Arrays.fill(ones, (byte) 0xff);
    addRecord(6, 1, join(bytes(0, 0), ones));
    for (int recordClass : new int[] {0, 2, 3, 4, 254, 255, 257}) {
      addRecord(1, recordClass, bytes(1, 2, 3, 4));
      addRecord(16, recordClass, new byte[0]);
    }
  }

  private void addFlags() {
    for (int rcode : new int[] {0, 3}) {
      for (int bit : new int[] {0, 0x0400, 0x0100, 0x0080, 0x0040, 0x0020, 0x0010, 0x05f0}) {
        answers.add(q -> reply(q, bit | rcode, 0, 0, 0));
      }
    }
  }

  private void addOddities() {
    byte[] a = record(1, 1, bytes(255, 0, 1, 99));
    byte[] ns = record(2, 1, bytes(2, 'n', 's', 0xc0, QUESTION_START));
    answers.add(q -> reply(q, 0, 2, 3, 1, a, a, ns, ns, ns, a));
    answers.add(q -> reply(q, 0, 0, 1, 2, ns, a, a));
    answers.add(q -> reply(q, 0, 0, 0, 1, bytes(0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0)));
    answers.add(q -> reply(q, 0, 1, 0, 0, bytes(0, 0, 1, 0, 1, 255, 255, 255, 255, 0, 4), address));
    // The largest names: 255 bytes, and 127 labels.
    byte[] label = new byte[63];
    Arrays.fill(label, (byte) 'L');
    byte[] longest =
        join(
            bytes(63),
            label,
            bytes(63),
            label,
            bytes(63),
            label,
            bytes(61),
            Arrays.copyOf(label, 61),
            bytes(0));
    addRecord(2, 1, longest);
    addRecord(2, 1, join(bytes(1, 'x'), longest));
    byte[] labels = new byte[255];
    for (int i = 0; i < 254; i += 2) {
      labels[i] = 1;
      labels[i + 1] = 'o';
    }
    addRecord(12, 1, labels);
    addRecord(10, 1, new byte[450]);
  }

  private void addMalformed() {
    addRecord(1, 1, bytes(1, 2, 3));
    addRecord(1, 1, bytes(1, 2, 3, 4, 5));
    addRecord(15, 1, bytes(0));
    addRecord(15, 1, bytes(0, 1, 0, 0));
    addRecord(2, 1, bytes(0x40, 0));
    addRecord(2, 1, bytes(0x80, 0));
    addRecord(2, 1, bytes(0, 0));
    addRecord(6, 1, bytes(0, 0, 1));
    addRecord(6, 1, new byte[23]);
    byte[] a = record(1, 1, bytes(1, 2, 3, 4));
    answers.add(q -> reply(q, 0, 2, 0, 0, a));
    answers.add(q -> reply(q, 0, 0, 1, 0));
    answers.add(q -> reply(q, 0, 0, 0, 0, a));
    answers.add(q -> reply(q, 0, 0, 0, 0, bytes(0)));
    answers.add(q -> reply(q, 0, 65535, 0, 0, a));
    for (int length = 0; length < a.length; length++) {
      byte[] cut = Arrays.copyOf(a, length);
      answers.add(q -> reply(q, 0, 1, 0, 0, cut));
    }
    // A name that points to itself.
    answers.add(
        q -> reply(q, 0, 1, 0, 0, bytes(0xc0, q.length, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4)));
    answers.add(q -> reply(q, 0, 1, 0, 0, record(2, 1, bytes(1, 'l', 0xc0, q.length + 12))));
  }

  private void addAnswers(int flags, byte[]... records) {
    answers.add(q -> reply(q, flags, records.length, 0, 0, records));
  }

  /** A record whose owner is a name of its own. */
  private static byte[] foreign(int type, byte[] data) {
    byte[] fixed = Arrays.copyOfRange(record(type, 1, data), 2, 12 + data.length);
    return join(bytes(1, 'o', 5, 'T', 'H', 'E', 'R', '_', 0), fixed);
  }

  /** Records of the types that are looked up, in sets, behind aliases, of other owners. */
  private void addSets() {
    byte[] alias = record(5, 1, bytes(1, 'o', 5, 'o', 't', 'h', 'e', 'r', '_', 0));
    byte[] upTo = bytes(3, 'M', 'x', '.', 0xc0, QUESTION_START);
    byte[] ipv6 = bytes(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    byte[] text = bytes(3, 'a', 0, '"', 0, 2, 0xff, '~', 1, '\\');
    byte[][] data = {
      bytes(192, 0, 2, 200), upTo, join(bytes(0, 10), upTo), text, ipv6,
    };
    int[] types = {1, 12, 15, 16, 28};
    for (int i = 0; i < types.length; i++) {
      byte[] good = record(types[i], 1, data[i]);
      byte[] other = record(types[i], 1, data[i].clone());
      other[13] ^= 1;
      addAnswers(0, good);
      addAnswers(0, good, other, good);
      addAnswers(0, alias, foreign(types[i], data[i]));
      addAnswers(0, foreign(types[i], data[i]), good);
      addAnswers(0, alias);
      addAnswers(3, alias, good);
      addAnswers(0, record(types[i], 3, data[i]), record(types[i], 255, data[i]), other);
      addAnswers(0, record(99, 1, data[i]), good, record(99, 1, data[i]));
      answers.add(q -> reply(q, 0, 0, 1, 1, good, good));
      answers.add(q -> reply(q, 0, 1, 1, 1, other, good, good));
    }
    for (int count : new int[] {2, 3, 8, 15, 28}) {
      byte[][] set = new byte[count][];
      for (int i = 0; i < count; i++) {
        set[i] = record(1, 1, bytes(192, 0, 2, i));
      }
      addAnswers(0, set);
    }
    addTexts();
  }

  /** True if this answer is about the types that are looked up. */
  boolean isLookup(int number) {
    return number >= firstLookup;
  }

  /** The number of an answer that is a TXT record of 255 bytes and another of one. */
  int longText() {
    return longText;
  }

  /** The numbers of the answers that come over TCP. */
  List<Integer> longAnswers() {
    return List.copyOf(longAnswers);
  }

  private void addTexts() {
    byte[] allBytes = new byte[256];
    for (int i = 0; i < allBytes.length; i++) {
      allBytes[i] = (byte) i;
    }
    byte[] full = join(bytes(255), Arrays.copyOf(allBytes, 255));
    longText = answers.size();
    addAnswers(0, record(16, 1, full), record(16, 1, bytes(1, 0xff)));
    addAnswers(0, record(16, 1, bytes(0, 0, 0)));
    addAnswers(0, record(16, 1, new byte[0]), record(16, 1, bytes(1, 'x')));
    // Strings longer than their records.
    addAnswers(0, record(16, 1, bytes(9, 'a', 'b')), record(16, 1, bytes(2, 'c', 'd')));
    addAnswers(0, record(16, 1, bytes(9)), record(16, 1, bytes(1, 'a', 255)));
    for (int records : new int[] {2, 31, 32, 33, 64, 200}) {
      byte[][] set = new byte[records][];
      Arrays.fill(set, record(16, 1, full));
      longAnswers.add(answers.size());
      addAnswers(0, set);
    }
  }

  /** Lengths and counts that say something else than what is there. */
  private void addLies() {
    byte[] upTo = bytes(2, 'm', 'x', 0xc0, QUESTION_START);
    byte[][] good = {
      record(1, 1, bytes(192, 0, 2, 200)),
      record(12, 1, upTo),
      record(15, 1, join(bytes(0, 10), upTo)),
      record(16, 1, bytes(2, 'o', 'k')),
      record(28, 1, new byte[16]),
    };
    for (byte[] one : good) {
      for (int length : new int[] {0, 1, 3, 5, 7, 17, 200, 65535}) {
        byte[] lie = one.clone();
        lie[10] = (byte) (length >> 8);
        lie[11] = (byte) length;
        addAnswers(0, one, lie);
        addAnswers(0, lie, one);
      }
      answers.add(q -> reply(q, 0, 2, 0, 0, one));
      answers.add(q -> reply(q, 0, 1, 0, 0, one, bytes(7)));
      for (int length = 1; length < one.length; length += 3) {
        byte[] cut = Arrays.copyOf(one, length);
        answers.add(q -> reply(q, 0, 2, 0, 0, one, cut));
      }
    }
  }

  /**
   * Mostly good replies with a few bytes changed. No byte of them but the pointers is 0xc0 or more:
   * forward pointers are the one thing that 1.05 takes and we do not.
   */
  private void addRandom(Random random) {
    for (int i = 0; i < RANDOM_ANSWERS; i++) {
      byte[][] records = new byte[1 + random.nextInt(4)][];
      for (int j = 0; j < records.length; j++) {
        records[j] = randomRecord(random);
        if (random.nextInt(6) == 0) {
          spoil(records[j], random);
        }
      }
      int answerCount = random.nextInt(records.length + 1);
      int total = records.length + (random.nextInt(8) == 0 ? 1 : 0);
      answers.add(q -> reply(q, 0x0400, answerCount, 0, total - answerCount, records));
    }
  }

  /** Changes one byte, unless it is part of a pointer. */
  private static void spoil(byte[] record, Random random) {
    int at = random.nextInt(record.length);
    boolean pointer = isPointer(record[at]) || (at > 0 && isPointer(record[at - 1]));
    if (!pointer) {
      record[at] = (byte) random.nextInt(0xc0);
    }
  }

  private static boolean isPointer(byte value) {
    return (value & 0xc0) == 0xc0;
  }

  private static byte[] randomRecord(Random random) {
    byte[] text = new byte[random.nextInt(20)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) random.nextInt(0xc0);
    }
    int recordClass = random.nextInt(10) == 0 ? 3 : 1;
    return switch (random.nextInt(7)) {
      case 0 -> record(1, recordClass, bytes(10, 0, random.nextInt(192), 1));
      case 1 -> record(2, recordClass, bytes(1, 'n', 0xc0, QUESTION_START));
      case 2 -> record(15, recordClass, bytes(0, random.nextInt(192), 0xc0, QUESTION_START));
      case 3 -> record(6, recordClass, join(bytes(1, 's', 0, 0), new byte[20]));
      case 4 -> record(random.nextInt(0xc000), recordClass, text);
      case 5 -> record(12, recordClass, bytes(2, 'p', '!', 0xc0, QUESTION_START));
      default -> record(16, recordClass, text);
    };
  }

  /** Before the right reply come one of another ID and one of another question. */
  @Override
  public List<byte[]> overUdp(byte[] query) {
    byte[] otherId =
        join(bytes(query[0] ^ 1, query[1]), Arrays.copyOfRange(query, 2, query.length));
    byte[] otherName = query.clone();
    otherName[QUESTION_START + 1] ^= 1;
    byte[] answer = answerTo(query);
    return List.of(
        reply(otherId, 0, 0, 0, 0),
        reply(otherName, 0, 0, 0, 0),
        answer.length > Limits.UDP_BYTES ? reply(query, 0x0200, 0, 0, 0) : answer);
  }

  @Override
  public List<byte[]> overTcp(byte[] query) {
    byte[] answer = answerTo(query);
    return List.of(bytes(answer.length >> 8, answer.length), answer);
  }

  private byte[] answerTo(byte[] query) {
    String name = Name.ofWire(query, QUESTION_START).toString();
    Matcher matcher = NUMBERED.matcher(name);
    if (!matcher.find()) {
      return reply(query, 0x0400, 1, 0, 0, record(1, 1, address));
    }
    int number =
        matcher.group(1) != null
            ? Integer.parseInt(matcher.group(1))
            : Integer.parseInt(matcher.group(2)) + 256 * Integer.parseInt(matcher.group(3));
    return answers.get(number).apply(query);
  }
}
