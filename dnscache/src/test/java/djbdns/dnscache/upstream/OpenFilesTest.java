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
  void shouldKeepTheReserve() throws IOException {
    assertEquals(8800, OpenFiles.sockets(limits("10000"), 1200));
  }

  @Test
  void shouldKeepAQuarterForItselfWhereTheLimitIsTight() throws IOException {
    assertEquals(62, OpenFiles.sockets(limits("250"), 1200));
    assertEquals(2, OpenFiles.sockets(limits("3"), 1200));
  }

  @Test
  void shouldLeaveHalfOfThePorts() throws IOException {
    assertEquals(32_768, OpenFiles.sockets(limits("unlimited"), 1200));
  }

  @Test
  void shouldReadTheLimitOfThisProcess() throws IOException {
    assertTrue(OpenFiles.sockets(10) > 10);
  }

  @Test
  void shouldSayThatTheLimitIsNotThere() {
    assertThrows(IOException.class, () -> OpenFiles.sockets("nothing", 1));
  }
}
