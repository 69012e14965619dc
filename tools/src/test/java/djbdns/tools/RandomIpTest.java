package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.client.nio.SystemSettings;
import djbdns.runtime.Program;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Expected outputs are those of random-ip compiled from 1.05 with {@link Numbers} to draw from. */
final class RandomIpTest {
  private static final class Numbers implements RandomGenerator {
    private int state = 1;

    @Override
    public int nextInt(int bound) {
      state = state * 1103515245 + 12345;
      return (state >>> 8) % bound;
    }

    @Override
    public long nextLong() {
      throw new AssertionError("only numbers below a bound are drawn");
    }
  }

  private static String run(String... args) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Host host =
        new Host(
            new SystemSettings(Map.of()),
            new Numbers(),
            InputStream.nullInputStream(),
            new Output(written));
    ToolMain.run(new Program("random-ip"), new RandomIp(), args, host);
    return written.toString(StandardCharsets.ISO_8859_1);
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void shouldScrambleAsTheOriginalDoes() {
    assertEquals(
        """
        234.63.245.67
        225.113.197.98
        215.108.105.47
        17.233.242.155
        26.234.170.33
        """,
        run("5"));
    assertEquals(
        """
        10.52.23.103
        10.5.242.136
        10.139.167.201
        10.174.234.226
        10.146.17.230
        """,
        run("5", "10"));
    assertEquals(
        """
        10.20.47.131
        10.20.42.222
        10.20.70.164
        10.20.24.209
        10.20.49.159
        """,
        run("5", "10", "20"));
    assertEquals(
        """
        10.20.30.112
        10.20.30.180
        10.20.30.5
        10.20.30.225
        10.20.30.147
        """,
        run("5", "10", "20", "30"));
    assertEquals("10.20.30.40\n", run("5", "10", "20", "30", "40"));
  }

  @Test
  void shouldPrintTheSameThousandsOfAddresses() throws NoSuchAlgorithmException {
    assertEquals(
        "28d60ee36c06a5a577d97bda99c909e3b0f7821d59a85ab0d4eb35c3469cb617", sha256(run("100000")));
    assertEquals(
        "3494bcb06426ed928f69faea771de42ff4e44e02553b95f9ee91a3667a99f6e2",
        sha256(run("65537", "1", "2")));
  }

  @Test
  void shouldPrintNoAddressTwice() {
    List<String> network = run("65536", "1", "2").lines().toList();
    assertEquals(65536, network.size());
    assertEquals(65536, new HashSet<>(network).size());
    List<String> some = run("200000").lines().toList();
    assertEquals(200000, new HashSet<>(some).size());
  }

  @Test
  void shouldPrintTenThousandUnlessTold() {
    assertEquals(10000, run().lines().count());
    assertEquals("", run("0"));
    assertEquals("", run("none"));
  }
}
