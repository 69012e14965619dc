package djbdns.tools;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Every kind of answer, by number: a query for {@code c17.test} gets answer 17. A query for
 * anything else gets an A record of the server's address.
 */
final class Answers implements Script {
  private static final int QUESTION_START = 12;
  private static final int RANDOM_ANSWERS = 250;

  private final List<UnaryOperator<byte[]>> answers = new ArrayList<>();
  private final byte[] address;

  Answers(byte[] address) {
    this.address = address.clone();
    addTypes();
    addFlags();
    addOddities();
    addMalformed();
    addRandom(new Random(20260101));
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
    return switch (random.nextInt(6)) {
      case 0 -> record(1, recordClass, bytes(10, 0, random.nextInt(192), 1));
      case 1 -> record(2, recordClass, bytes(1, 'n', 0xc0, QUESTION_START));
      case 2 -> record(15, recordClass, bytes(0, random.nextInt(192), 0xc0, QUESTION_START));
      case 3 -> record(6, recordClass, join(bytes(1, 's', 0, 0), new byte[20]));
      case 4 -> record(random.nextInt(0xc000), recordClass, text);
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
    return List.of(reply(otherId, 0, 0, 0, 0), reply(otherName, 0, 0, 0, 0), answerTo(query));
  }

  @Override
  public List<byte[]> overTcp(byte[] query) {
    byte[] answer = answerTo(query);
    return List.of(bytes(answer.length >> 8, answer.length), answer);
  }

  private byte[] answerTo(byte[] query) {
    int length = query[QUESTION_START];
    String label = new String(query, QUESTION_START + 1, length, StandardCharsets.ISO_8859_1);
    return label.matches("c[0-9]+")
        ? answers.get(Integer.parseInt(label.substring(1))).apply(query)
        : reply(query, 0x0400, 1, 0, 0, record(1, 1, address));
  }
}
