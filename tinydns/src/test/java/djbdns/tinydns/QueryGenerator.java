package djbdns.tinydns;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Makes queries, most of them good, around the names of a zone. Repeatable: a seed decides. */
final class QueryGenerator {
  private static final int[] TYPES = {
    1, 1, 1, 1, 2, 5, 6, 12, 15, 16, 28, 28, 33, 33, 35, 39, 43, 52, 64, 65, 99, 251, 252, 255, 255,
    255, 257, 731, 0, 41, 65535
  };

  private final Random random;
  private final List<String> names;

  QueryGenerator(long seed, List<String> names) {
    random = new Random(seed);
    this.names = List.copyOf(names);
  }

  byte[] next() {
    byte[] query = plain();
    return switch (random.nextInt(20)) {
      case 0 -> mutated(query);
      case 1 -> withTail(query);
      case 2 -> shortened(query);
      default -> query;
    };
  }

  private byte[] plain() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    u16(out, random.nextInt(0x10000));
    u16(out, flags());
    u16(out, random.nextInt(40) == 0 ? random.nextInt(3) : 1);
    u16(out, random.nextInt(40) == 0 ? random.nextInt(0x10000) : 0);
    u16(out, 0);
    u16(out, 0);
    out.writeBytes(name());
    u16(
        out,
        random.nextInt(30) == 0 ? random.nextInt(0x10000) : TYPES[random.nextInt(TYPES.length)]);
    u16(out, recordClass());
    return out.toByteArray();
  }

  private int flags() {
    return switch (random.nextInt(30)) {
      case 0 -> random.nextInt(0x10000);
      case 1 -> 1 << random.nextInt(16);
      case 2, 3, 4, 5, 6, 7 -> 0x0100;
      default -> 0;
    };
  }

  private int recordClass() {
    return switch (random.nextInt(25)) {
      case 0 -> 255;
      case 1 -> 3;
      case 2 -> random.nextInt(0x10000);
      default -> 1;
    };
  }

  private byte[] name() {
    if (random.nextInt(60) == 0) {
      // A pointer back into the header.
      return new byte[] {(byte) 0xc0, (byte) random.nextInt(12)};
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(8)) {
      case 0 -> name = label() + "." + name;
      case 1 -> name = label() + "." + label() + "." + name;
      case 2 -> name = name.substring(name.indexOf('.') + 1);
      case 3 -> name = "\\052." + name;
      default -> {}
    }
    try {
      byte[] wire = Name.parse(name).toWire();
      for (int i = 0; i < wire.length; i++) {
        if (wire[i] >= 'a' && wire[i] <= 'z' && random.nextInt(4) == 0) {
          wire[i] = (byte) (wire[i] - 32);
        }
      }
      return wire;
    } catch (MalformedTextException e) {
      return new byte[1];
    }
  }

  private String label() {
    return switch (random.nextInt(5)) {
      case 0 -> "x";
      case 1 -> "\\000\\377";
      case 2 -> "l".repeat(1 + random.nextInt(63));
      case 3 -> "*";
      default -> "h" + random.nextInt(10);
    };
  }

  private byte[] mutated(byte[] query) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(12);
      query[at] ^= (byte) (1 << random.nextInt(8));
    }
    return query;
  }

  /** An OPT record, or noise up to beyond 512 bytes. */
  private byte[] withTail(byte[] query) {
    byte[] tail = new byte[random.nextInt(600)];
    random.nextBytes(tail);
    if (random.nextBoolean()) {
      tail = new byte[] {0, 0, 41, 4, (byte) 208, 0, 0, 0, 0, 0, 0};
      query[11] = 1;
    }
    byte[] both = java.util.Arrays.copyOf(query, query.length + tail.length);
    System.arraycopy(tail, 0, both, query.length, tail.length);
    return both;
  }

  private byte[] shortened(byte[] query) {
    return java.util.Arrays.copyOf(query, random.nextInt(query.length));
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
