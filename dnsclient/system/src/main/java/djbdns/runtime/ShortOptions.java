package djbdns.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of one letter as the originals read them (subgetopt.c): letters may share a word, a value
 * follows in the same word or is the next one, and the first word that does not start with {@code
 * -}, or the word after one that starts with {@code --}, is the first operand.
 */
public final class ShortOptions {
  /**
   * An option that was given.
   *
   * @param value empty for an option without one
   */
  public record Option(char letter, String value) {}

  /** The options given, in order. */
  public record Parsed(List<Option> options, List<String> operands) {}

  private static final char VALUE_FOLLOWS = ':';

  private final Program program;
  private final String letters;
  private final Fatal usage;

  /**
   * @param letters every option; those with a value are followed by a colon
   * @param usage what to say after the complaint about a wrong option
   */
  public ShortOptions(Program program, String letters, Fatal usage) {
    this.program = program;
    this.letters = letters;
    this.usage = usage;
  }

  /**
   * Reads the arguments.
   *
   * @throws Fatal {@code name: illegal option -- X}, {@code name: option requires an argument --
   *     X}, and the usage line
   */
  public Parsed parse(String[] args) {
    List<Option> options = new ArrayList<>();
    int index = 0;
    while (index < args.length && args[index].startsWith("-") && !args[index].equals("-")) {
      String word = args[index];
      index++;
      if (word.startsWith("--")) {
        break;
      }
      for (int at = 1; at < word.length(); at++) {
        char letter = word.charAt(at);
        if (!isOption(letter)) {
          throw wrong("illegal option", letter);
        }
        if (!hasValue(letter)) {
          options.add(new Option(letter, ""));
          continue;
        }
        String value = word.substring(at + 1);
        if (value.isEmpty()) {
          if (index == args.length) {
            throw wrong("option requires an argument", letter);
          }
          value = args[index];
          index++;
        }
        options.add(new Option(letter, value));
        break;
      }
    }
    return new Parsed(List.copyOf(options), List.of(args).subList(index, args.length));
  }

  private boolean isOption(char letter) {
    return letter != VALUE_FOLLOWS && letters.indexOf(letter) >= 0;
  }

  private boolean hasValue(char letter) {
    int next = letters.indexOf(letter) + 1;
    return next < letters.length() && letters.charAt(next) == VALUE_FOLLOWS;
  }

  private Fatal wrong(String what, char letter) {
    return program.inWords(
        usage.exitCode(),
        program.name() + ": " + what + " -- " + letter + "\n" + usage.getMessage());
  }
}
