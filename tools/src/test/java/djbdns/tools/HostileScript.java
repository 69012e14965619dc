package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.join;
import static djbdns.tools.Answers.record;
import static djbdns.tools.Answers.reply;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Answers with damaged replies, and with good ones that mean harm; the same for the same seed. */
final class HostileScript implements Script {
  private static final int QUESTION_START = 12;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int TYPE_A = 1;
  private static final int TYPE_NS = 2;
  private static final int TYPE_CNAME = 5;
  private static final int TYPE_SOA = 6;
  private static final int TYPE_DNAME = 39;

  private final SplittableRandom random;
  private final HostileQueries damage;

  HostileScript(long seed) {
    random = new SplittableRandom(seed);
    damage = new HostileQueries(seed + 1);
  }

  @Override
  public synchronized List<byte[]> overUdp(byte[] query) {
    byte[] reply = damage.damaged(answerTo(query));
    return switch (random.nextInt(20)) {
      case 0 -> List.of();
      case 1 -> List.of(reply, damage.damaged(answerTo(query)));
      default -> List.of(reply);
    };
  }

  @Override
  public synchronized List<byte[]> overTcp(byte[] query) {
    if (random.nextInt(10) == 0) {
      return List.of();
    }
    byte[] reply = damage.damaged(answerTo(query));
    int length = random.nextInt(5) == 0 ? random.nextInt(0x10000) : reply.length;
    return List.of(bytes(length >> 8, length), reply);
  }

  private byte[] answerTo(byte[] query) {
    int end = QUESTION_START;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    byte[] question = Arrays.copyOf(query, end + 5);
    question[11] = 0;
    byte[] own = record(type(question), 1, data());
    byte[] pointer = bytes(0xc0, QUESTION_START);
    byte[] below = join(bytes(1, 'x'), pointer);
    return switch (random.nextInt(8)) {
      case 0 -> reply(question, AUTHORITATIVE, 1, 0, 0, own);
      case 1 -> reply(question, AUTHORITATIVE, 1, 0, 0, record(TYPE_CNAME, 1, below));
      case 2 -> reply(question, AUTHORITATIVE, 1, 0, 0, record(TYPE_DNAME, 1, below));
      case 3 -> reply(question, AUTHORITATIVE | random.nextInt(16), 0, 1, 0, soa());
      case 4 -> reply(question, 0, 0, 1, 1, record(TYPE_NS, 1, below), glue());
      case 5 -> reply(question, 0x0200, 0, 0, 0);
      case 6 -> reply(question, random.nextInt(0x8000), 1, 1, 1, own, soa(), glue());
      default -> reply(question, AUTHORITATIVE, 200, 0, 0, join(copies(own, 200)));
    };
  }

  private static byte[][] copies(byte[] record, int count) {
    byte[][] copies = new byte[count][];
    Arrays.fill(copies, record);
    return copies;
  }

  private static int type(byte[] question) {
    return (question[question.length - 4] & 0xff) << 8 | (question[question.length - 3] & 0xff);
  }

  private byte[] data() {
    byte[] data = new byte[random.nextInt(3) == 0 ? random.nextInt(600) : 4];
    random.nextBytes(data);
    return data;
  }

  private byte[] soa() {
    byte[] numbers = new byte[20];
    random.nextBytes(numbers);
    return record(TYPE_SOA, 1, join(bytes(0, 0), numbers));
  }

  /** For the name below the one asked for, with an address that leads nowhere or back. */
  private byte[] glue() {
    byte[] owner = bytes(1, 'x', 0xc0, QUESTION_START);
    byte[] rest = record(TYPE_A, 1, bytes(127, 33, 2, random.nextInt(4)));
    return join(owner, Arrays.copyOfRange(rest, 2, rest.length));
  }
}
