package djbdns.tinydns.axfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecondaryFileTest {
  @TempDir private Path directory;

  private List<Secondary> read(String text) throws Exception {
    Path file = directory.resolve("notify");
    Files.writeString(file, text);
    return SecondaryFile.read(
        file, new TsigKeys(List.of(TsigKey.parse("k.example:c2VjcmV0IHNlY3JldA=="))));
  }

  @Test
  void shouldReadZonesAddressesAndKeys() throws Exception {
    List<Secondary> secondaries =
        read(
            """
            # those of example.org

            example.org 192.0.2.53
              example.ORG\t [2001:db8::53]:5300   K.example
            * 192.0.2.54:5301
            """);
    assertEquals(3, secondaries.size());
    assertEquals("192.0.2.53", secondaries.getFirst().address().toString());
    assertEquals(53, secondaries.getFirst().address().port());
    assertEquals(Optional.empty(), secondaries.getFirst().key());
    assertEquals(5300, secondaries.get(1).address().port());
    assertEquals(16, secondaries.get(1).address().addressLength());
    assertEquals(Name.parse("k.example"), secondaries.get(1).key().orElseThrow().name());
    Name zone = Name.parse("Example.Org");
    assertTrue(secondaries.stream().allMatch(secondary -> secondary.isOf(zone)));
    assertFalse(secondaries.getFirst().isOf(Name.parse("www.example.org")));
    assertTrue(secondaries.get(2).isOf(Name.ROOT));
  }

  @Test
  void shouldSayWhichLineMakesNoSense() {
    assertWrong("example.org", "not zone, address and perhaps key: example.org");
    assertWrong("a 192.0.2.1 k.example more", "not zone, address and perhaps key");
    assertWrong("a 192.0.2", "bad address: 192.0.2");
    assertWrong("a ns.example", "bad address: ns.example");
    assertWrong("a 192.0.2.1:0", "bad address: 192.0.2.1:0");
    assertWrong("a 192.0.2.1:65536", "bad address: 192.0.2.1:65536");
    assertWrong("a 192.0.2.1 other.example", "unknown key: other.example");
    assertWrong("x".repeat(64) + " 192.0.2.1", "");
  }

  private void assertWrong(String line, String message) {
    IOException e =
        assertThrows(IOException.class, () -> read("# one\n* 192.0.2.1\n" + line + "\n"), line);
    assertTrue(e.getMessage().startsWith("line 3: " + message), e.getMessage());
  }

  @Test
  void shouldFailWithoutAFile() {
    assertThrows(
        NoSuchFileException.class,
        () -> SecondaryFile.read(directory.resolve("missing"), TsigKeys.NONE));
  }
}
