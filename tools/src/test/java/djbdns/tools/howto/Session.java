package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import djbdns.tools.howto.Document.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Commands of a text, typed as it says; what they print is compared with what it shows. */
final class Session {
  private Session() {}

  /** Follows the steps of a text on the machines of a LAN. */
  static void follow(Path text, List<Step> steps, Lan lan)
      throws IOException, InterruptedException {
    for (Step step : steps) {
      String place = text.getFileName() + ":" + step.line();
      try {
        follow(step, lan.machine(step.machine()), place);
      } catch (AssertionError e) {
        throw new AssertionError(place + "\n" + lan.state(), e);
      }
    }
  }

  private static void follow(Step step, Machine machine, String place)
      throws IOException, InterruptedException {
    // As a terminal shows it, standard error in its place.
    String command = "exec 2>&1\n" + step.command();
    if (step.output().isEmpty()) {
      Execution execution = machine.run(command);
      assertEquals(
          0, execution.exitCode(), () -> place + ": " + step.command() + "\n" + execution.output());
      return;
    }
    ExpectedOutput expected = new ExpectedOutput(step.output());
    try {
      machine.await(command, expected::matches);
    } catch (AssertionError e) {
      throw new AssertionError(place + ", which shows " + step.output(), e);
    }
  }
}
