package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.join;
import static djbdns.tools.Answers.record;
import static djbdns.tools.Answers.reply;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The zones {@code soak} and {@code far.soak.test}, over a path that loses packets. What a name
 * {@code n123...} gets depends on its number: most get an A record; some a long text, an alias, a
 * denial, or an answer that takes TCP. A name without a number is an empty non-terminal.
 */
final class SoakScript implements Script {
  private static final int QUESTION_START = 12;
  private static final int TYPE_SOA = 6;
  private static final int TYPE_CNAME = 5;
  private static final int TYPE_TXT = 16;
  private static final int TYPE_A = 1;
  private static final int NXDOMAIN = 3;
  private static final int TRUNCATED = 0x0200;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int KINDS = 20;

  private final int lostInHundred;
  private final SplittableRandom random = new SplittableRandom(1);

  /** A path that loses so many packets in a hundred; connections lose none. */
  SoakScript(int lostInHundred) {
    this.lostInHundred = lostInHundred;
  }

  @Override
  public List<byte[]> overUdp(byte[] query) {
    boolean lost = random.nextInt(100) < lostInHundred;
    return lost ? List.of() : List.of(answer(query, true));
  }

  @Override
  public List<byte[]> overTcp(byte[] query) {
    byte[] answer = answer(query, false);
    return List.of(bytes(answer.length >> 8, answer.length), answer);
  }

  /** Without EDNS0, as the answers of many servers are. */
  private static byte[] answer(byte[] query, boolean datagram) {
    int end = QUESTION_START;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    byte[] question = Arrays.copyOf(query, end + 5);
    question[11] = 0;
    int type = (question[end + 1] & 0xff) << 8 | (question[end + 2] & 0xff);
    int labelLength = query[QUESTION_START];
    String label = new String(query, QUESTION_START + 1, labelLength, StandardCharsets.ISO_8859_1);
    if (!label.matches("[nN][0-9]+")) {
      return denial(question, 0, QUESTION_START);
    }
    int number = Integer.parseInt(label.substring(1));
    return answer(question, type, number, datagram);
  }

  private static byte[] answer(byte[] question, int type, int number, boolean datagram) {
    int parent = QUESTION_START + 1 + question[QUESTION_START];
    byte[] address = bytes(10, number >> 16, number >> 8, number);
    byte[] a = reply(question, AUTHORITATIVE, 1, 0, 0, record(TYPE_A, 1, address));
    return switch (number % KINDS) {
      case 0 -> denial(question, NXDOMAIN, parent);
      case 1 -> reply(question, AUTHORITATIVE, 1, 0, 0, alias(number + 1, parent));
      case 3 -> reply(question, AUTHORITATIVE, 1, 0, 0, record(TYPE_TXT, 1, text(number)));
      case 4 -> datagram ? reply(question, TRUNCATED, 0, 0, 0) : a;
      default -> type == TYPE_A ? a : denial(question, 0, parent);
    };
  }

  private static byte[] text(int number) {
    byte[] text = new byte[400];
    Arrays.fill(text, (byte) number);
    text[0] = (byte) 199;
    text[200] = (byte) 199;
    return text;
  }

  private static byte[] alias(int target, int parent) {
    byte[] label = ("n" + target).getBytes(StandardCharsets.ISO_8859_1);
    return record(TYPE_CNAME, 1, join(bytes(label.length), label, bytes(0xc0, parent)));
  }

  /** A record of the SOA, whose owner is the name that begins at this offset. */
  private static byte[] denial(byte[] question, int rcode, int ownerOffset) {
    byte[] data = join(bytes(0, 0), bytes(0, 0, 0, 1), new byte[12], bytes(0, 0, 1, 44));
    byte[] soa = record(TYPE_SOA, 1, data);
    soa[1] = (byte) ownerOffset;
    return reply(question, AUTHORITATIVE | rcode, 0, 1, 0, soa);
  }
}
