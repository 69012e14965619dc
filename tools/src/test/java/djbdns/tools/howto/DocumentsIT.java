package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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
 * -Dhowto.document=containers.md} follows only this one. lan-cache.md is the business of {@link
 * FirstHourIT}.
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
      List<Path> texts =
          files
              .filter(file -> file.toString().endsWith(ending))
              .filter(file -> !file.endsWith(FirstHourIT.TEXT))
              .sorted()
              .toList();
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
      Preparation.run(text, lan);
      Session.follow(text, document.steps(), lan);
    }
  }
}
