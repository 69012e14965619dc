package djbdns.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads a command line that has options: the only class that loads picocli. */
final class OptionParser {
  private final CommandSpec spec;

  OptionParser(
      String name,
      String synopsis,
      String description,
      List<djbdns.runtime.CommandLine.Option> options) {
    spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .customSynopsis(synopsis.isEmpty() ? name : name + " " + synopsis)
        .description(description);
    for (djbdns.runtime.CommandLine.Option option : options) {
      boolean takesValue = !option.valueName().isEmpty();
      spec.addOption(
          OptionSpec.builder(option.name())
              .arity(takesValue ? "1" : "0")
              .type(takesValue ? String.class : Boolean.class)
              .paramLabel(option.valueName())
              .description(option.description())
              .build());
    }
    spec.addPositional(
        PositionalParamSpec.builder().arity("0..*").type(List.class).hidden(true).build());
    spec.parser()
        .stopAtPositional(true)
        .stopAtUnmatched(true)
        .unmatchedOptionsArePositionalParams(true);
  }

  /**
   * The options and operands; empty if they make no sense.
   *
   * @throws Fatal if {@code --help} or {@code --version} was given, which it prints
   */
  Optional<djbdns.runtime.CommandLine.Arguments> parse(String[] args) {
    CommandLine parser = new CommandLine(spec);
    ParseResult result;
    try {
      result = parser.parseArgs(args);
    } catch (ParameterException e) {
      return Optional.empty();
    }
    if (result.hasMatchedOption(djbdns.runtime.CommandLine.HELP)) {
      System.out.print(parser.getUsageMessage());
      throw new Fatal(ExitCode.SUCCESS, "");
    }
    if (result.hasMatchedOption(djbdns.runtime.CommandLine.VERSION)) {
      System.out.println(spec.name() + " (djbdns for Java) " + Version.text());
      throw new Fatal(ExitCode.SUCCESS, "");
    }
    Map<String, String> options = new HashMap<>();
    for (OptionSpec option : result.matchedOptions()) {
      options.put(option.longestName(), option.getValue() instanceof String value ? value : "");
    }
    List<String> operands =
        result.matchedPositionals().isEmpty()
            ? List.of()
            : result.matchedPositionals().getFirst().<List<String>>getValue();
    return Optional.of(new djbdns.runtime.CommandLine.Arguments(options, operands));
  }
}
