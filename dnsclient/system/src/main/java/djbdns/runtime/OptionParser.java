package djbdns.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads options up to the first operand, or wherever they are: {@code --name}, {@code --name
 * value}, {@code --name=value}. A word {@code --} before the first operand ends them.
 */
final class OptionParser {
  private static final String END_OF_OPTIONS = "--";

  private final List<CommandLine.Option> options;
  private final boolean anywhere;
  private final boolean refusesUnknown;

  /**
   * A parser.
   *
   * @param anywhere whether options are read behind operands as well
   * @param refusesUnknown whether a word with a dash is wrong where an option can be and it is none
   */
  OptionParser(List<CommandLine.Option> options, boolean anywhere, boolean refusesUnknown) {
    this.refusesUnknown = refusesUnknown;
    this.options = options;
    this.anywhere = anywhere;
  }

  /**
   * The options and operands; empty if an option lacks its value or is there twice. A word that is
   * no option is an operand, even if it starts with a dash: whether it makes sense is the command's
   * to say, unless the parser refuses such words.
   */
  Optional<CommandLine.Arguments> parse(String[] args) {
    Map<String, String> values = new HashMap<>();
    List<String> operands = new ArrayList<>();
    int next = 0;
    while (next < args.length) {
      String word = args[next];
      if (word.equals(END_OF_OPTIONS) && operands.isEmpty()) {
        next++;
        break;
      }
      int equals = word.indexOf('=');
      Optional<CommandLine.Option> option = find(equals < 0 ? word : word.substring(0, equals));
      if (option.isEmpty() && refusesUnknown && word.startsWith("-") && word.length() > 1) {
        return Optional.empty();
      }
      if (option.isEmpty() && !anywhere) {
        break;
      }
      next++;
      if (option.isEmpty()) {
        operands.add(word);
        continue;
      }
      boolean takesValue = !option.get().valueName().isEmpty();
      if (takesValue ? equals < 0 && next == args.length : equals >= 0) {
        return Optional.empty();
      }
      String value = "";
      if (takesValue) {
        value = equals < 0 ? args[next++] : word.substring(equals + 1);
      }
      if (values.put(option.get().name(), value) != null) {
        return Optional.empty();
      }
    }
    operands.addAll(Arrays.asList(args).subList(next, args.length));
    return Optional.of(new CommandLine.Arguments(values, operands));
  }

  private Optional<CommandLine.Option> find(String name) {
    for (CommandLine.Option option : options) {
      if (option.name().equals(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
