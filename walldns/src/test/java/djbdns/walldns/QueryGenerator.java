package djbdns.walldns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Makes queries, most of them good, for names around addresses. Repeatable: a seed decides. */
final class QueryGenerator {
  private static final int[] TYPES = {
    1, 1, 1, 1, 12, 12, 12, 12, 255, 255, 255, 2, 5, 6, 15, 16, 28, 28, 251, 252, 0, 65535
  };
  private static final int HEADER_BYTES = 12;
  private static final String[] OCTETS = {
    "0", "1", "9", "10", "99", "100", "199", "249", "255", "256", "260", "300", "999", "00", "01",
    "001", "1234", "+1", "-", "a", "1a", "12a", "a12", "/", ":", "*", "\0", "\u00ff", "\u00b9"
  };
  private static final String[][] BASES = {
    {},
    {},
    {"in-addr", "arpa"},
    {"in-addr", "arpa"},
    {"in-addr", "arpa"},
    {"in-addr", "arpa"},
    {"ip6", "arpa"},
    {"ip6", "arpa"},
    {"arpa"},
    {"in-addr"},
    {"in-addr", "arpa", "arpa"},
    {"in-addr.", "arpa"},
    {"ip6", "int"},
    {"\3ip6", "arpa"},
    {"test"}
  };

  private final Random random;

  QueryGenerator(long seed) {
    random = new Random(seed);
  }

  byte[] next() {
    byte[] query = plain(flags(), TYPES[random.nextInt(TYPES.length)], recordClass());
    return switch (random.nextInt(20)) {
      case 0 -> mutated(query);
      case 1 -> withTail(query);
      case 2 -> Arrays.copyOf(query, random.nextInt(query.length));
      default -> query;
    };
  }

  /** A query for A, PTR or ANY in class IN. */
  byte[] nextOfKnownType() {
    int[] known = {1, 12, 255};
    return plain(random.nextBoolean() ? 0x0100 : 0, known[random.nextInt(3)], 1);
  }

  private byte[] plain(int flags, int type, int recordClass) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    u16(out, random.nextInt(0x10000));
    u16(out, flags);
    u16(out, random.nextInt(60) == 0 ? random.nextInt(3) : 1);
    u16(out, 0);
    u16(out, 0);
    u16(out, 0);
    out.writeBytes(name());
    u16(out, random.nextInt(30) == 0 ? random.nextInt(0x10000) : type);
    u16(out, recordClass);
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] base = BASES[random.nextInt(BASES.length)];
    boolean nibbles = base.length > 0 && base[0].equals("ip6");
    boolean sound = random.nextInt(3) > 0;
    for (int i = labels(nibbles); i > 0; i--) {
      if (nibbles) {
        label(out, Integer.toHexString(random.nextInt(16)));
      } else if (sound) {
        label(out, Integer.toString(random.nextInt(256)));
      } else {
        label(out, OCTETS[random.nextInt(OCTETS.length)]);
      }
    }
    for (String label : base) {
      label(out, label);
    }
    out.write(0);
    return out.toByteArray();
  }

  private int labels(boolean nibbles) {
    int whole = nibbles ? 32 : 4;
    return random.nextInt(3) > 0 ? whole : random.nextInt(whole + 3);
  }

  private void label(ByteArrayOutputStream out, String text) {
    byte[] label = text.getBytes(StandardCharsets.ISO_8859_1);
    out.write(label.length);
    for (byte value : label) {
      boolean capital = value >= 'a' && value <= 'z' && random.nextInt(4) == 0;
      out.write(capital ? value - 32 : value);
    }
  }

  /**
   * Other bits anywhere, but no new pointer: 1.05 follows those that point forward, ours does not.
   */
  private byte[] mutated(byte[] query) {
    boolean pointer = query[HEADER_BYTES] == (byte) 0xc0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(pointer ? HEADER_BYTES : query.length);
      query[at] ^= (byte) (1 << random.nextInt(at < HEADER_BYTES ? 8 : 6));
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
    byte[] both = Arrays.copyOf(query, query.length + tail.length);
    System.arraycopy(tail, 0, both, query.length, tail.length);
    return both;
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
