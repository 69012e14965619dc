package djbdns.supervise.filter;

import djbdns.supervise.tai.StampWriter;
import djbdns.supervise.tai.Tai64n;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Puts a TAI64N stamp before each line, of the moment when its first byte comes (tai64n.c). For use
 * by one thread.
 */
final class LineStamper implements Transformer {
  private final InstantSource clock;
  private final StampWriter stamps = new StampWriter();
  private byte[] output = new byte[1 << 16];
  private int length;
  private boolean inLine;

  LineStamper(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void accept(byte[] input, int inputLength) {
    int at = 0;
    while (at < inputLength) {
      int end = at;
      while (end < inputLength && input[end] != '\n') {
        end++;
      }
      boolean isComplete = end < inputLength;
      int part = isComplete ? end + 1 - at : end - at;
      makeRoom(part + Tai64n.TEXT_LENGTH + 1);
      if (!inLine) {
        stamps.write(clock.instant(), output, length);
        output[length + Tai64n.TEXT_LENGTH] = ' ';
        length += Tai64n.TEXT_LENGTH + 1;
      }
      System.arraycopy(input, at, output, length, part);
      length += part;
      at += part;
      inLine = !isComplete;
    }
  }

  private void makeRoom(int needed) {
    if (needed > output.length - length) {
      output = Arrays.copyOf(output, 2 * output.length + needed);
    }
  }

  @Override
  public byte[] output() {
    return output;
  }

  @Override
  public int takeLength() {
    int taken = length;
    length = 0;
    return taken;
  }
}
