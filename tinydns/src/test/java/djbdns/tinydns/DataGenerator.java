package djbdns.tinydns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Makes data files of good lines and of lines gone wrong, the same ones for the same seed. */
final class DataGenerator {
  private static final String[] LABELS = {
    "a", "b", "www", "example", "com", "*", "\\052", "UP", "x-y", "_t", "\\001", "a\\.b", "\u00e9"
  };
  private static final String[] NUMBERS = {
    "",
    "0",
    "1",
    "5",
    "300",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "x",
    "7h",
    "-1",
    "18446744073709551616"
  };
  private static final String[] TYPES = {"16", "28", "33", "99", "257", "65280", "65564", "1x"};
  private static final String[] ADDRESSES = {"", "1.2.3", "1.2.3.256", "x", "1.2.3.4z", "1..2.3"};
  private static final String[] TIMESTAMPS = {
    "", "", "400000003b9aca00", "400000003B9ACA00", "4", "40000000zz"
  };
  private static final String[] LOCATIONS = {"", "", "lo", "x", "long"};
  private static final String[] TEXTS = {
    "", "hello world", "v=spf1 -all", "\\072\\000\\377", "back\\", "\\8\\18", "tab\tin", "\u00ff"
  };
  private static final String KINDS = "+++===.&@@'^C:Z%#-";

  private final SplittableRandom random;

  DataGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A file of up to 40 lines; in a third of the files, bytes of some lines are mutated. */
  byte[] file() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean mutates = random.nextInt(3) == 0;
    int lines = random.nextInt(40);
    for (int i = 0; i < lines; i++) {
      byte[] line = line().getBytes(StandardCharsets.ISO_8859_1);
      if (mutates && random.nextInt(8) == 0) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
      }
      out.writeBytes(line);
      if (i + 1 < lines || random.nextInt(3) > 0) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private String line() {
    char kind = KINDS.charAt(random.nextInt(KINDS.length()));
    String line =
        kind
            + switch (kind) {
              case '+', '=' -> join(name(), address());
              case '.', '&' -> join(name(), address(), server());
              case '@' -> join(name(), address(), server(), pick(NUMBERS));
              case '\'' -> join(name(), text());
              case '^', 'C' -> join(name(), name());
              case ':' -> join(name(), pick(TYPES), text());
              case 'Z' -> join(name(), name(), name(), soaNumbers());
              case '%' -> join(pick(LOCATIONS), address());
              default -> text();
            };
    return random.nextInt(4) == 0 || kind == '%'
        ? line
        : join(line, pick(NUMBERS), pick(TIMESTAMPS), pick(LOCATIONS));
  }

  private String soaNumbers() {
    return join(pick(NUMBERS), pick(NUMBERS), pick(NUMBERS), pick(NUMBERS), pick(NUMBERS));
  }

  private static String join(String... fields) {
    return String.join(":", fields);
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int labels = random.nextInt(5); labels >= 0; labels--) {
      name.append(pick(LABELS)).append(labels > 0 || random.nextInt(8) == 0 ? "." : "");
    }
    if (random.nextInt(200) == 0) {
      name.append(".").append("l".repeat(60 + random.nextInt(6)));
    }
    return random.nextInt(40) == 0 ? "" : name.toString();
  }

  private String server() {
    return random.nextBoolean() ? name() : pick(LABELS);
  }

  private String address() {
    if (random.nextInt(5) == 0) {
      return pick(ADDRESSES);
    }
    return octet() + "." + octet() + "." + octet() + "." + octet();
  }

  private int octet() {
    return random.nextInt(256);
  }

  private String text() {
    return random.nextInt(10) == 0 ? "t".repeat(random.nextInt(600)) : pick(TEXTS);
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
