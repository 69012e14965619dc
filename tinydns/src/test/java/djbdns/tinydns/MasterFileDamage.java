package djbdns.tinydns;

import java.util.SplittableRandom;

/** Changes master files as slips of the hand, broken editors and bad transfers do. */
final class MasterFileDamage {
  private static final String[] CHARACTERS = {
    "\"",
    "(",
    ")",
    "\\",
    ";",
    " ",
    "\t",
    ".",
    "\n",
    "@",
    "$",
    "*",
    "#",
    "\\#",
    "\u0001",
    "\r",
    "\r\n",
    "\f",
    "\u00a0",
    "\u0080",
    "\u00ff",
    "\u00ef\u00bb\u00bf",
    "/",
    "-",
    "_",
    "0",
    "9",
    "a",
    "\\0",
    "\\256",
    "\\040",
    "\n\n",
    "\n "
  };

  private static final String[] WORDS = {
    "",
    "0",
    "1",
    "-1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483648",
    "4294967295",
    "4294967296",
    "99999999999999999999",
    "1w2d",
    "1x",
    "@",
    ".",
    "..",
    "a..b",
    ".a",
    "\\@",
    "\"\"",
    "\"a b\"",
    "*",
    "*.a",
    "a.*",
    "\\#",
    "\\# 0",
    "\\# 4 c0000201",
    "IN",
    "CH",
    "HS",
    "ANY",
    "CLASS1",
    "CLASS3",
    "TYPE1",
    "TYPE0",
    "TYPE65536",
    "TYPE255",
    "AXFR",
    "NULL",
    "OPT",
    "A",
    "NS",
    "SOA",
    "CNAME",
    "BOGUS",
    "1.2.3",
    "1.2.3.4",
    "1.2.3.4.5",
    "01.02.03.04",
    "::",
    "1::2::3",
    "::1.2.3.4",
    "fe80::1%lo",
    "$TTL",
    "$ORIGIN",
    "$INCLUDE",
    "$BOGUS",
    "example.org",
    "example.org.",
    "com.",
    "l".repeat(63),
    "l".repeat(64),
    ("l".repeat(61) + ".").repeat(4),
    "x".repeat(255),
    "x".repeat(256)
  };

  private final SplittableRandom random;

  MasterFileDamage(SplittableRandom random) {
    this.random = random;
  }

  /** One or two changes. */
  String apply(String text) {
    String once = change(text);
    return random.nextInt(3) == 0 ? change(once) : once;
  }

  private String change(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(1 + random.nextInt(30)));
    return switch (random.nextInt(10)) {
      case 0 -> text.substring(0, at) + text.substring(end);
      case 1 -> text.substring(0, end) + text.substring(at);
      case 2 -> text.substring(0, at) + one(CHARACTERS) + text.substring(at);
      case 3 -> text.substring(0, at) + one(CHARACTERS) + text.substring(end);
      case 4 -> random.nextInt(4) == 0 ? text.substring(0, at) : swapLines(text, at);
      case 5 -> swapWords(text, at);
      case 6 -> replaceWord(text, at, "");
      case 7 -> replaceWord(text, at, one(WORDS) + " " + one(WORDS));
      default -> replaceWord(text, at, one(WORDS));
    };
  }

  private String one(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static int startOfWord(String text, int at) {
    int start = at;
    while (start > 0 && !isBlank(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int endOfWord(String text, int at) {
    int end = at;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static String replaceWord(String text, int at, String word) {
    return text.substring(0, startOfWord(text, at)) + word + text.substring(endOfWord(text, at));
  }

  private static String swapWords(String text, int at) {
    int end = endOfWord(text, at);
    int next = end;
    while (next < text.length() && isBlank(text.charAt(next))) {
      next++;
    }
    int start = startOfWord(text, at);
    return text.substring(0, start)
        + text.substring(next, endOfWord(text, next))
        + text.substring(end, next)
        + text.substring(start, end)
        + text.substring(endOfWord(text, next));
  }

  private static String swapLines(String text, int at) {
    int middle = text.indexOf('\n', at) + 1;
    int end = text.indexOf('\n', middle) + 1;
    if (middle == 0 || end == 0) {
      return text;
    }
    int start = text.lastIndexOf('\n', middle - 2) + 1;
    return text.substring(0, start)
        + text.substring(middle, end)
        + text.substring(start, middle)
        + text.substring(end);
  }
}
