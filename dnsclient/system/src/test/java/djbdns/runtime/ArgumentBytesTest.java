package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentBytesTest {
  @Test
  void shouldLeaveAsciiAlone() throws IOException {
    String[] args = {"a", "", "x.y"};
    assertSame(args, ArgumentBytes.of(args));
  }

  @Test
  void shouldTakeTheLastArgumentsOfTheProcess() {
    byte[] commandLine = "java\0-cp\0x\0Main\0a\0\0\u00ff\0".getBytes(StandardCharsets.ISO_8859_1);
    assertArrayEquals(
        new String[] {"a", "", "\u00ff"}, ArgumentBytes.lastArguments(commandLine, 3));
  }

  @Test
  void shouldKeepEveryEntryOfAnEnvironment() {
    assertEquals(List.of(), ArgumentBytes.entries(new byte[0]));
    byte[] environment = "A=1\0\0b.c=\n\0A=\u00ff\0".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(List.of("A=1", "", "b.c=\n", "A=\u00ff"), ArgumentBytes.entries(environment));
  }
}
