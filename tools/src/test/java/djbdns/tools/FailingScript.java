package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.join;
import static djbdns.tools.Answers.record;
import static djbdns.tools.Answers.reply;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Truncates every answer over UDP and fails over TCP in a way that the name {@code f0.test}, {@code
 * f1.test} and so on chooses; {@code r2.test} gets response code 2 over UDP.
 */
final class FailingScript implements Script {
  /** Ways to fail, or not to, over TCP. */
  static final int COUNT = 12;

  private static final int BIG_RECORDS = 4000;

  private static int number(byte[] query) {
    String label = new String(query, 13, query[12], StandardCharsets.ISO_8859_1);
    return Integer.parseInt(label.substring(1));
  }

  @Override
  public List<byte[]> overUdp(byte[] query) {
    boolean truncated = query[13] == 'f';
    return List.of(reply(query, truncated ? 0x0200 : number(query), 0, 0, 0));
  }

  @Override
  public List<byte[]> overTcp(byte[] query) {
    byte[] answer = reply(query, 0x0400, 1, 0, 0, record(1, 1, bytes(10, 9, 8, 7)));
    return switch (number(query)) {
      case 0 -> framed(answer);
      case 1 -> List.of();
      case 2 -> List.of(bytes(0));
      case 3 -> List.of(bytes(0, answer.length), Arrays.copyOf(answer, 20));
      case 4 -> List.of(bytes(0, 0));
      case 5 -> framed(Arrays.copyOf(answer, 11));
      case 6 -> framed(Arrays.copyOf(answer, 20));
      case 7 -> framed(reply(query, 0x0002, 0, 0, 0));
      case 8 -> framed(reply(query, 0x0200, 0, 0, 0));
      case 9 -> framed(join(bytes(answer[0] ^ 1), Arrays.copyOfRange(answer, 1, answer.length)));
      case 10 -> framed(join(answer, bytes(0)));
      case 11 -> framed(big(query));
      default -> throw new IllegalArgumentException("no such way to fail");
    };
  }

  private static List<byte[]> framed(byte[] message) {
    return List.of(bytes(message.length >> 8, message.length), message);
  }

  private static byte[] big(byte[] query) {
    byte[][] records = new byte[BIG_RECORDS][];
    for (int i = 0; i < BIG_RECORDS; i++) {
      records[i] = record(1, 1, bytes(10, 0, i >> 8, i));
    }
    return reply(query, 0x0400, BIG_RECORDS, 0, 0, records);
  }
}
