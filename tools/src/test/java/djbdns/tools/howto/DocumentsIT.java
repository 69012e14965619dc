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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command in docs/howto does what the text says, on fresh machines for each text. */
@Timeout(400)
final class DocumentsIT {
  @TempDir private static Path directory;

  private static Installation installation;

  @BeforeAll
  static void install() throws Exception {
    Lan.assumePossible();
    installation = Installation.make(Files.createDirectory(directory.resolve("installation")));
  }

  @TestFactory
  Stream<DynamicTest> shouldDoWhatTheTextSays() throws IOException {
    Path howto = Installation.project().resolve("docs/howto");
    try (Stream<Path> files = Files.list(howto)) {
      List<Path> texts = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      assertFalse(texts.isEmpty());
      return texts.stream()
          .map(
              text -> dynamicTest(text.getFileName().toString(), text.toUri(), () -> follow(text)));
    }
  }

  private static void follow(Path text) throws Exception {
    Document document = Document.read(text);
    assertFalse(document.steps().isEmpty());
    Path own = Files.createDirectory(directory.resolve(text.getFileName().toString()));
    try (Lan lan = Lan.start(own, installation)) {
      for (Step step : document.steps()) {
        follow(step, lan.machine(step.machine()), text.getFileName() + ":" + step.line());
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
