package djbdns.tinydns.rules;

import java.util.Random;

/** Lines of rules, most of them good, from a seed; characters for bytes. */
final class RuleGenerator {
  private static final String[] ADDRESSES = {
    "",
    "1.2.3.4",
    "1.2.3.",
    "1.2.",
    "1.",
    "10.2-3.",
    "1.2.3.37-53",
    "1.2-4.3",
    "5-3",
    "-",
    "1-",
    "=",
    "=host.example",
    "=.example",
    "joe@1.2.3.4",
    "joe@=host.example",
    "a@1-2",
    "1.2.3.4/32",
    "10.0.0.0/8",
    "x.y.",
    "999-1000",
    "18446744073709551617-2",
    "1-99999999999999999999",
    "1-2-3",
    "1.x-2",
    "1.2-x",
    "\u00e4",
    "1\0-3",
    "a\0b",
    " 1.2.3.4",
    "1.2.3.4 "
  };
  private static final String[] INSTRUCTIONS = {
    "allow", "deny", "allow,A=\"x\"", "deny,A=\"x\"", "allow,A=/x/,B=\"\"", "allow,A=,,", "Allow",
    "allow,", "allow,A", "allow,A=", "allow,A=\"x", "allow,A=\"x\"B=\"y\"", "allowed",
        "allow ,A=\"\"",
    "allow,=\"x\"", "allow,A=xyx", "allow,A==b=", "allow,A=\0\0", "allow,\u00ff=\"\u00fe\"", "",
        "allow:",
    "deny:allow", "allow,A=\"#\"", "allow,A=\"one\",A=\"two\""
  };
  private static final String[] OTHERS = {
    "", "#", "# a comment: allow", " #", "no colon", " ", "\t", ":", "::", "a:b", "#\0", "\0", "\r"
  };
  private static final String[] ENDS = {"\n", "\n", "\n", "\n", " \t\n", "\n\n", "\r\n"};

  private final Random random;

  RuleGenerator(long seed) {
    random = new Random(seed);
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String line() {
    if (random.nextInt(8) == 0) {
      return any(OTHERS);
    }
    String instructions =
        random.nextInt(4) > 0 ? INSTRUCTIONS[random.nextInt(6)] : any(INSTRUCTIONS);
    String line = any(ADDRESSES) + ":" + instructions;
    return random.nextInt(12) == 0 ? damaged(line) : line;
  }

  private String damaged(String line) {
    int at = random.nextInt(line.length() + 1);
    String rest = line.substring(Math.min(line.length(), at + random.nextInt(2)));
    String middle =
        random.nextBoolean() ? "" : Character.toString(" :,=\"-./@0\0".charAt(random.nextInt(11)));
    return line.substring(0, at) + middle + rest;
  }

  String file() {
    StringBuilder file = new StringBuilder();
    int lines = 1 + random.nextInt(6);
    for (int i = 0; i < lines; i++) {
      file.append(line());
      if (i < lines - 1 || random.nextInt(4) > 0) {
        file.append(any(ENDS));
      }
    }
    return file.toString();
  }
}
