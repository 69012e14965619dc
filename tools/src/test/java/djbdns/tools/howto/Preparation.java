package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the machines are before a text begins, if they are no fresh ones: a script {@code
 * howto/NAME.sh} of the test's resources for the server and the text {@code NAME.md}, and after it
 * {@code howto/NAME.slave.sh} for the slave. They find the unpacked archive of the suite in {@code
 * /srv/shared/unpacked}, and end with 75 where this system lacks what the text is about.
 */
final class Preparation {
  private static final int LACKING = 75;

  private Preparation() {}

  /** Prepares the machines of a LAN for a text; leaves alone those without a script. */
  static void run(Path text, Lan lan) throws IOException, InterruptedException {
    String name = text.getFileName().toString().replaceFirst("[.]md$", "");
    Optional<String> server = script(name + ".sh");
    if (server.isPresent()) {
      Installation.unpack(Files.createDirectory(lan.shared().resolve("unpacked")));
      run(server.get(), lan.server());
    }
    Optional<String> slave = script(name + ".slave.sh");
    if (slave.isPresent()) {
      run(slave.get(), lan.slave());
    }
  }

  private static Optional<String> script(String resource) throws IOException {
    try (InputStream in = Preparation.class.getResourceAsStream("/howto/" + resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void run(String script, Machine machine) throws IOException, InterruptedException {
    Execution execution = machine.run(script);
    assumeTrue(execution.exitCode() != LACKING, "what the text moves from is missing");
    assertEquals(0, execution.exitCode(), () -> script + "\n" + execution.error());
  }
}
