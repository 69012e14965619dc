package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import djbdns.tools.Execution;
import djbdns.tools.howto.Document.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command in docs/howto does what the text says, on fresh machines for each text. {@code
 * -Dhowto.document=lan-cache.md} follows only this one.
 */
@Timeout(400)
@ExtendWith(SharedInstallation.class)
final class DocumentsIT {
  @TempDir private static Path directory;

  @TestFactory
  Stream<DynamicTest> shouldDoWhatTheTextSays(Installation installation) throws IOException {
    Path howto = Installation.project().resolve("docs/howto");
    String ending = System.getProperty("howto.document", ".md");
    try (Stream<Path> files = Files.list(howto)) {
      List<Path> texts = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      assertFalse(texts.isEmpty());
      return texts.stream()
          .map(text ->
              dynamicTest(
                  text.getFileName().toString(), text.toUri(), () -> follow(text, installation)));
    }
  }

  private static void follow(Path text, Installation installation) throws Exception {
    Document document = Document.read(text);
    assertFalse(document.steps().isEmpty());
    Path own = Files.createDirectory(directory.resolve(text.getFileName().toString()));
    try (Lan lan = Lan.start(own, installation)) {
      for (Step step : document.steps()) {
        String place = text.getFileName() + ":" + step.line();
        try {
          follow(step, lan.machine(step.machine()), place);
        } catch (AssertionError e) {
          throw new AssertionError(place + "\n" + lan.state(), e);
        }
      }
    }
  }

  private static void follow(Step step, Machine machine, String place) throws Exception {
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
