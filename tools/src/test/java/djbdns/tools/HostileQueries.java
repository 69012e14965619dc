package djbdns.tools;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An endless sequence of queries, most of them damaged; the same for the same seed. Damages other
 * packets as well.
 */
public final class HostileQueries {
  private static final int HEADER_BYTES = 12;
  private static final int MAX_BYTES = 4096;
  private static final int MAX_MUTATIONS = 4;
  private static final String[] LABELS = {
    "www", "storm", "test", "dev", "sub", "deep", "alias", "*", "WwW", "a", "ns", "\0", "in-addr",
  };
  private static final int[] TYPES = {1, 2, 5, 6, 12, 15, 16, 28, 33, 41, 251, 252, 255, 65535};

  private final SplittableRandom random;

  public HostileQueries(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next packet, 0 to {@value #MAX_BYTES} bytes. */
  public byte[] next() {
    if (random.nextInt(50) == 0) {
      return garbage();
    }
    return damaged(query());
  }

  /** The packet, unless it is damaged: at most a few changes. May write into the given one. */
  byte[] damaged(byte[] original) {
    byte[] packet = original;
    for (int i = random.nextInt(1 + random.nextInt(MAX_MUTATIONS + 1)); i > 0; i--) {
      packet = mutate(packet);
    }
    return packet.length <= MAX_BYTES ? packet : Arrays.copyOf(packet, MAX_BYTES);
  }

  private byte[] garbage() {
    byte[] packet = new byte[random.nextInt(random.nextInt(10) == 0 ? MAX_BYTES + 1 : 100)];
    random.nextBytes(packet);
    return packet;
  }

  private byte[] query() {
    boolean edns = random.nextInt(3) == 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    putShort(out, random.nextInt(0x10000));
    putShort(out, random.nextInt(4) == 0 ? random.nextInt(0x10000) : 0x0100);
    putShort(out, 1);
    putShort(out, 0);
    putShort(out, 0);
    putShort(out, edns ? 1 : 0);
    putName(out);
    putShort(out, TYPES[random.nextInt(TYPES.length)]);
    putShort(out, random.nextInt(10) == 0 ? random.nextInt(256) : 1);
    if (edns) {
      putOpt(out);
    }
    return out.toByteArray();
  }

  private void putName(ByteArrayOutputStream out) {
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 130 : 5); i > 0; i--) {
      putLabel(out, LABELS[random.nextInt(LABELS.length)]);
    }
    if (random.nextInt(5) > 0) {
      putLabel(out, "storm");
      putLabel(out, "test");
    }
    out.write(0);
  }

  private static void putLabel(ByteArrayOutputStream out, String label) {
    out.write(label.length());
    for (int i = 0; i < label.length(); i++) {
      out.write(label.charAt(i));
    }
  }

  private void putOpt(ByteArrayOutputStream out) {
    byte[] options = new byte[random.nextInt(4) == 0 ? random.nextInt(64) : 0];
    random.nextBytes(options);
    out.write(0);
    putShort(out, 41);
    putShort(out, random.nextInt(0x10000));
    putShort(out, random.nextInt(8) == 0 ? random.nextInt(0x10000) : 0);
    putShort(out, random.nextInt(8) == 0 ? random.nextInt(0x10000) : 0);
    putShort(out, random.nextInt(8) == 0 ? random.nextInt(0x10000) : options.length);
    out.writeBytes(options);
  }

  private static void putShort(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private byte[] mutate(byte[] packet) {
    if (packet.length == 0) {
      return garbage();
    }
    int at = random.nextInt(packet.length);
    return switch (random.nextInt(7)) {
      case 0 -> changed(packet, at, packet[at] ^ (1 << random.nextInt(8)));
      case 1 -> changed(packet, at, random.nextInt(256));
      case 2 -> Arrays.copyOf(packet, at);
      case 3 -> withPointer(packet, at);
      case 4 -> changed(packet, Math.min(4 + random.nextInt(8), packet.length - 1), extreme());
      case 5 -> repeated(packet, at);
      default -> Arrays.copyOf(packet, packet.length + random.nextInt(600));
    };
  }

  private int extreme() {
    return random.nextBoolean() ? 0xff : random.nextInt(4);
  }

  private static byte[] changed(byte[] packet, int at, int value) {
    packet[at] = (byte) value;
    return packet;
  }

  /** A compression pointer to anywhere: before, after and itself. */
  private byte[] withPointer(byte[] packet, int at) {
    byte[] longer = Arrays.copyOf(packet, Math.max(packet.length, at + 2));
    longer[at] = (byte) (0xc0 | (random.nextInt(8) == 0 ? random.nextInt(64) : 0));
    longer[at + 1] = (byte) (random.nextBoolean() ? at : HEADER_BYTES + random.nextInt(64));
    return longer;
  }

  private byte[] repeated(byte[] packet, int from) {
    int to = from + 1 + random.nextInt(packet.length - from);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(packet, 0, to);
    for (int i = random.nextInt(8); i > 0; i--) {
      out.write(packet, from, to - from);
    }
    out.write(packet, to, packet.length - to);
    return out.toByteArray();
  }
}
