package djbdns.tools.daemontools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A test with a sandbox, of which nothing is left afterwards. */
@Timeout(180)
abstract class SandboxedTest {
  @TempDir private Path directory;

  private Sandbox sandbox;

  @BeforeEach
  void makeSandbox() throws IOException {
    // Some of its programs run as other users.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    sandbox = new Sandbox(directory);
  }

  @AfterEach
  void endSandbox() throws Exception {
    sandbox.end();
  }

  Sandbox sandbox() {
    return sandbox;
  }
}
