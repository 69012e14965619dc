package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class OpenFilesTest {
  private static String limits(String soft) {
    return "Limit                     Soft Limit           Hard Limit           Units     \n"
        + "Max open files            "
        + soft
        + "                20000                files     \n";
  }

  @Test
  void shouldLeaveClientsTheirConnections() throws IOException {
    assertEquals(new OpenFiles(8_952, 1_000), OpenFiles.share(limits("10000"), 40, 1_000));
  }

  @Test
  void shouldKeepTwoThirdsForItselfWhereTheLimitIsTight() throws IOException {
    assertEquals(new OpenFiles(134, 68), OpenFiles.share(limits("250"), 40, 1_000));
    assertEquals(new OpenFiles(10, 6), OpenFiles.share(limits("64"), 40, 1_000));
    assertEquals(new OpenFiles(2, 1), OpenFiles.share(limits("3"), 40, 1_000));
  }

  @Test
  void shouldLeaveHalfOfThePorts() throws IOException {
    assertEquals(new OpenFiles(32_768, 1_000), OpenFiles.share(limits("unlimited"), 40, 1_000));
  }

  @Test
  void shouldReadTheLimitOfThisProcess() throws IOException {
    assertTrue(OpenFiles.share(10).sockets() > 10);
  }

  @Test
  void shouldSayThatTheLimitIsNotThere() {
    assertThrows(IOException.class, () -> OpenFiles.share("nothing", 1, 1));
  }
}
