package djbdns.tools.daemontools;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scripts and inputs for multilog, by a seed. */
final class MultilogGenerator {
  private static final String[] PROCESSORS = {
    "!tr a-z A-Z", "!cat", "!", "!cat >&1; cat <&4 >&5; echo run >&5", "!head -n 30", "!echo $PWD"
  };
  private static final String[] OTHERS = {"", "x", "tt", "#", "\u00e9t\u00e9", "s", "n"};

  private final Random random;

  MultilogGenerator(long seed) {
    random = new Random(seed);
  }

  /** The words of a script. */
  List<String> script() {
    List<String> words = new ArrayList<>();
    if (random.nextBoolean()) {
      words.add("t");
    }
    int logs = 0;
    int count = 1 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(12)) {
        case 0, 1 -> words.add("-" + pattern());
        case 2, 3 -> words.add("+" + pattern());
        case 4 -> words.add("s" + pick(0, 4096, 4097, 5000, 6096, 9999, 30000, 99999999));
        case 5 -> words.add("n" + pick(0, 1, 2, 3, 5, 1000));
        case 6 -> words.add(PROCESSORS[random.nextInt(PROCESSORS.length)]);
        case 7 -> words.add(random.nextInt(4) == 0 ? "e" : "=status" + random.nextInt(2));
        case 8 -> words.add(OTHERS[random.nextInt(OTHERS.length)]);
        default -> {
          words.add("./log" + logs);
          logs++;
        }
      }
    }
    words.add("./last");
    return words;
  }

  private long pick(long... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder(random.nextInt(3) == 0 ? "" : "*");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      pattern.append(random.nextInt(3) == 0 ? "*" : letter());
    }
    return random.nextInt(4) == 0 ? pattern.toString() : pattern.append('*').toString();
  }

  /** What lines and patterns have in common; no digits of stamps, which nobody can foretell. */
  private char letter() {
    return "xyz @\u00e9*".charAt(random.nextInt(7));
  }

  /** Lines of all lengths that mean something to multilog. */
  byte[] input() {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    int kind = random.nextInt(6);
    int size = random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(120_000);
    while (input.size() < size) {
      int length = lineLength(kind);
      boolean isBinary = random.nextInt(3) == 0;
      for (int i = 0; i < length; i++) {
        int value = isBinary ? random.nextInt(256) : letter();
        input.write(value == '\n' ? 0 : value);
      }
      input.write('\n');
    }
    if (random.nextBoolean()) {
      input.write('z');
    }
    return input.toByteArray();
  }

  private int lineLength(int kind) {
    return switch (kind) {
      case 0 -> 0;
      case 1 -> random.nextInt(5);
      case 2 -> random.nextInt(200);
      case 3 -> (int) pick(472, 485, 486, 511, 512, 513, 973, 974, 975, 999, 1000, 1001, 1024);
      case 4 -> random.nextInt(12_000);
      default -> random.nextInt(40) == 0 ? random.nextInt(6000) : random.nextInt(120);
    };
  }
}
