package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where files end, beside a model that makes every write as the original does. */
final class LogBufferTest {
  private static final int MAX_BYTES = 4096;

  /** Files in memory. */
  private static final class Files implements LogBuffer.Sink {
    private final List<String> finished = new ArrayList<>();
    private ByteArrayOutputStream current = new ByteArrayOutputStream();
    private LogBuffer buffer;

    @Override
    public void write(byte[] bytes, int from, int to) {
      current.write(bytes, from, to - from);
    }

    @Override
    public void rotate() {
      finished.add(current.toString(StandardCharsets.ISO_8859_1));
      current = new ByteArrayOutputStream();
      buffer.startFile();
    }

    List<String> all() {
      List<String> all = new ArrayList<>(finished);
      all.add(current.toString(StandardCharsets.ISO_8859_1));
      return all;
    }
  }

  /** Byte by byte, by the description of the original's buffer: 512 bytes, emptied when full. */
  private static final class Model {
    private final List<String> files = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private final StringBuilder buffer = new StringBuilder();
    private long size;

    Model(long size) {
      this.size = size;
    }

    void put(String text) {
      if (buffer.length() + text.length() > 512) {
        flush();
      }
      if (text.length() > 512) {
        writeAll(text);
      } else {
        buffer.append(text);
      }
    }

    void putEach(String text) {
      for (int i = 0; i < text.length(); i++) {
        put(text.substring(i, i + 1));
      }
    }

    void flush() {
      String text = buffer.toString();
      buffer.setLength(0);
      writeAll(text);
    }

    private void writeAll(String text) {
      int at = 0;
      while (at < text.length()) {
        at += write(text.substring(at));
      }
    }

    private int write(String text) {
      if (size >= MAX_BYTES) {
        rotate();
      }
      String piece = text.substring(0, (int) Math.min(text.length(), MAX_BYTES - size));
      if (size + piece.length() >= MAX_BYTES - 2000 && piece.indexOf('\n') >= 0) {
        piece = piece.substring(0, piece.lastIndexOf('\n') + 1);
      }
      current.append(piece);
      size += piece.length();
      if (size >= MAX_BYTES - 2000 && piece.endsWith("\n")) {
        rotate();
      }
      return piece.length();
    }

    private void rotate() {
      files.add(current.toString());
      current.setLength(0);
      size = 0;
    }

    List<String> all() {
      List<String> all = new ArrayList<>(files);
      all.add(current.toString());
      return all;
    }
  }

  private static String text(Random random, int maxLength, boolean endsLine) {
    int length = random.nextInt(maxLength + 1);
    return "abcdefghij".repeat(length / 10 + 1).substring(0, length) + (endsLine ? "\n" : "");
  }

  @Test
  void shouldEndFilesWhereTheOriginalDoes() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long size = random.nextInt(3) == 0 ? random.nextInt(2 * MAX_BYTES) : 0;
      Files files = new Files();
      files.buffer = new LogBuffer(MAX_BYTES, size, files);
      Model model = new Model(size);
      int maxLength = List.of(3, 100, 999, 600).get(random.nextInt(4));
      for (int i = 0; i < 400; i++) {
        step(random, maxLength, files.buffer, model);
        files.buffer.checkInvariants();
      }
      files.buffer.flush();
      files.buffer.writeOut();
      model.flush();
      assertEquals(model.all(), files.all(), "seed " + seed);
    }
  }

  private static void step(Random random, int maxLength, LogBuffer buffer, Model model) {
    switch (random.nextInt(8)) {
      case 0 -> {
        buffer.flush();
        model.flush();
      }
      case 1 -> buffer.writeOut();
      case 2, 3 -> {
        String text = text(random, 3 * maxLength, random.nextBoolean());
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        buffer.putEach(bytes, 0, bytes.length);
        model.putEach(text);
      }
      case 4 -> {
        buffer.put((byte) '\n');
        model.put("\n");
      }
      default -> {
        String text = text(random, maxLength, false);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        buffer.put(bytes, 0, bytes.length);
        model.put(text);
      }
    }
  }
}
