package djbdns.tsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TsigKeyFileTest {
  @TempDir Path directory;

  private TsigKeys read(String text, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve("keys"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return TsigKeyFile.read(file);
  }

  @Test
  void shouldReadKeysAmongRemarks() throws IOException {
    String text =
        """
        # of the primary
        hmac-sha512:A.Example:c2VjcmV0

          HMAC-SHA256-128:b.example.:c2VjcmV0
        c.example:c2VjcmV0
        hmac-md5:d:c2VjcmV0
        hmac-md5.sig-alg.reg.int:e:c2VjcmV0\
        """;
    List<TsigKey> keys = read(text, "rw-------").list();
    Bytes secret = Bytes.ofText("secret");
    assertEquals(
        List.of(
            new TsigKey(SignedMessages.name("a.example"), TsigAlgorithm.HMAC_SHA512, secret),
            new TsigKey(SignedMessages.name("b.example"), TsigAlgorithm.HMAC_SHA256, secret, 16),
            new TsigKey(SignedMessages.name("c.example"), TsigAlgorithm.HMAC_SHA256, secret),
            new TsigKey(SignedMessages.name("d"), TsigAlgorithm.HMAC_MD5, secret),
            new TsigKey(SignedMessages.name("e"), TsigAlgorithm.HMAC_MD5, secret)),
        keys);
    assertFalse(keys.toString().contains(secret.toString()));
    assertFalse(keys.toString().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({"rw-r-----", "rw----r--", "rw-rw-rw-"})
  void shouldRefuseFileThatOthersMayRead(String mode) {
    IOException e = assertThrows(IOException.class, () -> read("a:c2VjcmV0\n", mode));
    assertEquals("others may read it", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "c2VjcmV0, not of the form algorithm:name:secret",
    "a:b:c:d, not of the form algorithm:name:secret",
    "hmac-sha3:a:c2VjcmV0, unknown algorithm hmac-sha3",
    ":a:c2VjcmV0, unknown algorithm ",
    "hmac-sha256:a:c2Vj!, secret is not Base64",
    "hmac-sha256:a:, key without a secret",
    "hmac-sha256::c2VjcmV0, key without a name",
    "hmac-sha256-120:a:c2VjcmV0, hmac-sha256 truncates to whole bytes of 128 to 256 bits",
    "hmac-sha256-129:a:c2VjcmV0, hmac-sha256 truncates to whole bytes of 128 to 256 bits",
    "hmac-sha1-72:a:c2VjcmV0, hmac-sha1 truncates to whole bytes of 80 to 160 bits"
  })
  void shouldNameLineThatIsNoKey(String line, String problem) {
    IOException e =
        assertThrows(IOException.class, () -> read("# keys\n" + line + "\n", "rw-------"));
    assertEquals("line 2: " + problem.strip(), e.getMessage().strip());
  }

  @Test
  void shouldRefuseTwoKeysWithOneName() {
    IOException e = assertThrows(IOException.class, () -> read("a:AAAA\nA.:BBBB\n", "rw-------"));
    assertEquals("two keys with the name a", e.getMessage());
  }

  @Test
  void shouldSayThatFileIsNotThere() {
    assertThrows(NoSuchFileException.class, () -> TsigKeyFile.read(directory.resolve("missing")));
  }

  @Test
  void shouldHoldWhatItsNameSays() throws MalformedTextException {
    for (TsigAlgorithm algorithm : TsigAlgorithm.values()) {
      assertEquals(algorithm, TsigKey.parse(algorithm + ":a:AAAA").algorithm());
    }
  }
}
