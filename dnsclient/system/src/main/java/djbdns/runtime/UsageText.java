package djbdns.runtime;

import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of a command about its options: the only class that loads picocli. */
final class UsageText {
  private final CommandSpec spec;

  UsageText(
      String name,
      String synopsis,
      String description,
      List<CommandLine.Option> options,
      Map<String, String> variables) {
    spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .customSynopsis(synopsis.isEmpty() ? name : name + " " + synopsis)
        .description(description);
    for (CommandLine.Option option : options) {
      boolean takesValue = !option.valueName().isEmpty();
      spec.addOption(
          OptionSpec.builder(option.name())
              .arity(takesValue ? "1" : "0")
              .type(takesValue ? String.class : Boolean.class)
              .paramLabel(option.valueName())
              .description(option.description())
              .build());
    }
    if (!variables.isEmpty()) {
      spec.usageMessage().exitCodeListHeading("Environment:%n").exitCodeList(variables);
    }
  }

  /** The text of {@code --help}. */
  String help() {
    return new picocli.CommandLine(spec).getUsageMessage();
  }

  /** A script that completes options in bash. */
  String completion() {
    return AutoComplete.bash(spec.name(), new picocli.CommandLine(spec));
  }
}
