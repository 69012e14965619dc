package djbdns.tinydns;

import java.util.List;
import java.util.Random;

/** Data of pickdns from a seed; characters for bytes. */
final class PickGenerator {
  private static final List<String> NAMES =
      List.of(
          "www.pick.example",
          "WWW.pick.example",
          "a.pick.example",
          "deep.er.pick.example",
          "b.example",
          "example",
          "",
          "\\052.pick.example",
          "h1.pick.example");
  private static final List<String> LOCATIONS = List.of("", ":", ":aa", ":b", ":cc", ":aax");
  private static final String[] ODD = {
    "",
    " ",
    "#",
    "# +x:1.2.3.4",
    "-x:1.2.3.4",
    "+x:1.2.3.4 y",
    "+x:999.1.2.3:zz:more",
    "+:1.2.3.4",
    "%",
    "%aa",
    "%:1",
    "%aa:1.2.3.4.5",
    "%b:x",
    "%aa:..9..8",
    "%cc:300",
    "%aa:1x2",
    "+a..b.:1.2.3.4",
    "+\\377\\0x:1.2.3.4:\u00ff\u00fe"
  };
  private static final String[] BAD = {
    "+x",
    "+x:",
    "+x:1.2.3",
    "x",
    ".x",
    ":",
    "+" + "l".repeat(64) + ":1.2.3.4",
    " ",
    "=x:1.2.3.4",
    "+" + "l.".repeat(130) + ":1.2.3.4"
  };

  private final Random random;

  PickGenerator(long seed) {
    random = new Random(seed);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String line() {
    return switch (random.nextInt(12)) {
      case 0 -> any(List.of(ODD));
      case 1 -> "%" + any(List.of("aa", "b", "cc", "x")) + ":127." + random.nextInt(4);
      case 2 -> "%" + any(List.of("aa", "b", "cc")) + ":127.1." + random.nextInt(4) + ".1";
      default ->
          "+"
              + any(NAMES)
              + ":10.0."
              + random.nextInt(3)
              + "."
              + random.nextInt(9)
              + any(LOCATIONS);
    };
  }

  /** A file that the original takes. */
  String goodFile() {
    StringBuilder file = new StringBuilder();
    int lines = random.nextInt(60);
    for (int i = 0; i < lines; i++) {
      file.append(line()).append(i < lines - 1 || random.nextInt(4) > 0 ? "\n" : "");
    }
    return file.toString();
  }

  /** A file that the original may refuse. */
  String file() {
    String file = goodFile();
    return random.nextInt(4) > 0 ? file : file + "\n" + any(List.of(BAD)) + "\n" + line();
  }

  /** Names to ask for. */
  static List<String> names() {
    return NAMES.stream().map(name -> name.isEmpty() ? "." : name).toList();
  }
}
