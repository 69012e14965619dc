package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Data of rbldns, and names below {@link #BASE}, from a seed; characters for bytes. */
final class ListGenerator {
  static final String BASE = "list.Example";

  private static final String[] ODD = {
    "",
    " ",
    "\t",
    "#",
    "# comment",
    "1",
    "1.2",
    "1.2.",
    "1.2/16",
    "1.2./24",
    "1..2",
    "1.2.3.4.5",
    "1.2.3.4/",
    "1.2.3.4/x",
    "1.2.3.4 x",
    "999.1.2.3",
    "1.2.3.4/33",
    "1.2.3.4/4294967296",
    "1.2.3.4/0",
    "1.2.3.4/99999999999999999999",
    "0x1",
    "1.2.3.4/24 ",
    "1.2.3.4\0/9",
    "0.0.0.0/0",
    "10.0.0.0/7"
  };
  private static final String[] ANSWERS = {
    ":127.0.0.2:Blocked: see http://list.example/?$",
    ":127.0.0.3:",
    ":127.0.0.4:$",
    ":1.2.3.999:x",
    ":127.0.0.5:" + "x".repeat(95) + "$",
    ":127.0.0.6:" + "y".repeat(96) + "$",
    ":0.0.0.0:a$b",
    ":127.0.0.7:" + "z".repeat(300),
    ":127.0.0.8:\u00e4\0$"
  };
  private static final String[] BAD = {
    "a",
    ":",
    ":x",
    ":1.2.3.4",
    ":1.2.3:x",
    ":1.2.3.4.5:x",
    ":1.2.3.4 :x",
    " 1.2.3.4",
    "-1.2.3.4",
    "[",
    "+",
    "\u00e4",
    "\0",
    ":x:y"
  };

  private final Random random;

  ListGenerator(long seed) {
    random = new Random(seed);
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Close together, so that blocks overlap and questions hit. */
  private String address() {
    return any("10", "10", "11", "127")
        + "."
        + random.nextInt(3)
        + "."
        + (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(3))
        + "."
        + random.nextInt(256);
  }

  private String line() {
    return switch (random.nextInt(12)) {
      case 0 -> any(ODD);
      case 1 -> any(ANSWERS);
      case 2, 3, 4 -> address();
      case 5 -> address() + "/" + random.nextInt(40);
      case 6 -> "10." + random.nextInt(3) + ".0.0/" + (16 + random.nextInt(8));
      case 7 -> any("10.0.0.0/7", "127.0.0." + 2 * random.nextInt(128) + "/31");
      default -> address().replaceFirst("[0-9]+$", "0/24");
    };
  }

  /** A file that the original takes. */
  String goodFile() {
    StringBuilder file = new StringBuilder();
    int lines = random.nextInt(40);
    for (int i = 0; i < lines; i++) {
      file.append(line()).append(i < lines - 1 || random.nextInt(4) > 0 ? "\n" : "");
    }
    return file.toString();
  }

  /** A file that the original may refuse. */
  String file() {
    String file = goodFile();
    return random.nextInt(4) > 0 ? file : file + "\n" + any(BAD) + "\n" + line();
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String[] octets = address().split("\\.", -1);
      names.add(octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0] + "." + BASE);
    }
    names.addAll(
        List.of(
            BASE,
            "1." + BASE,
            "2.0.0.127." + BASE,
            "02.0.0.127." + BASE,
            "256.0.0.127." + BASE,
            "a.0.0.127." + BASE,
            "1.2.0.0.127." + BASE,
            "2.0.0.127.other",
            "example",
            ".",
            "999.0.0.127." + BASE,
            "1000.0.0.127." + BASE,
            "00.0.0.127." + BASE));
    return names;
  }
}
