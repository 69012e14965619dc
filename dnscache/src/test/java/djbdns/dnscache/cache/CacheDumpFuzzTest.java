package djbdns.dnscache.cache;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Assertions;

/** No bytes upset a load, and what is loaded can be dumped and loaded again. */
final class CacheDumpFuzzTest {
  @FuzzTest
  void shouldLoadOrRefuse(byte[] bytes) throws IOException {
    try (Fixture at = new Fixture(20_000)) {
      load(at, bytes);
      // The checksum is given away, or hardly an input would get beyond it.
      if (load(at, sealed(bytes))) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CacheDump.write(at.cache, out, Fixture.NOW);
        Assertions.assertTrue(load(at, out.toByteArray()), "its own dump");
      }
    }
  }

  private static byte[] sealed(byte[] bytes) {
    byte[] magic = {'d', 'n', 's', 'c', 'a', 'c', 'h', 'e', 0, 0, 0, 1};
    byte[] dump = Arrays.copyOf(magic, magic.length + bytes.length + 5);
    System.arraycopy(bytes, 0, dump, magic.length, bytes.length);
    CRC32C checksum = new CRC32C();
    checksum.update(dump, 0, dump.length - 4);
    ByteBuffer.wrap(dump).putInt(dump.length - 4, (int) checksum.getValue());
    return dump;
  }

  private static boolean load(Fixture at, byte[] dump) throws IOException {
    try {
      CacheDump.load(at.cache, () -> new ByteArrayInputStream(dump), Fixture.NOW);
      return true;
    } catch (DamagedDumpException e) {
      // What most inputs deserve.
      return false;
    }
  }
}
