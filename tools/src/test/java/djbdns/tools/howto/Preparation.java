package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the server is before a text begins, if it is no fresh machine: a script {@code
 * howto/NAME.sh} of the test's resources for the text {@code NAME.md}. It finds the unpacked
 * archive of the suite in {@code /srv/shared/unpacked}, and ends with 75 where this system lacks
 * what the text is about.
 */
final class Preparation {
  private static final int LACKING = 75;

  private Preparation() {}

  /** Prepares the server of a LAN for a text; leaves it alone if there is no script. */
  static void run(Path text, Lan lan) throws IOException, InterruptedException {
    String script = text.getFileName().toString().replaceFirst("[.]md$", ".sh");
    try (InputStream in = Preparation.class.getResourceAsStream("/howto/" + script)) {
      if (in == null) {
        return;
      }
      Installation.unpack(Files.createDirectory(lan.shared().resolve("unpacked")));
      String commands = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Execution execution = lan.server().run(commands);
      assumeTrue(execution.exitCode() != LACKING, () -> script + ": the originals are missing");
      assertEquals(0, execution.exitCode(), () -> script + "\n" + execution.error());
    }
  }
}
