package djbdns.supervise.calls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A test on a machine in memory, which keeps the messages on standard error. */
@ResourceLock(Resources.SYSTEM_ERR)
public abstract class OnFakeKernel {
  protected final FakeKernel kernel = new FakeKernel();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream standardError = System.err;

  @BeforeEach
  void captureMessages() {
    System.setErr(new PrintStream(printed, true, ISO_8859_1));
  }

  @AfterEach
  void releaseMessages() {
    System.setErr(standardError);
  }

  /** The lines that have been printed on standard error since the last call. */
  protected final List<String> messages() {
    List<String> lines = printed.toString(ISO_8859_1).lines().toList();
    printed.reset();
    return lines;
  }
}
