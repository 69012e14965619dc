package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.Program;
import djbdns.tools.trace.SortedTrace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dnstracesort beside the original: equal bytes for traces and for any other text. */
final class DnstracesortTest {
  private static final Path ORIGINAL = Path.of("/usr/bin/dnstracesort");
  private static final int RUNS = Integer.getInteger("djbdns.files", 60);
  private static final long SEED = Long.getLong("djbdns.seed", 20261129);

  private static final String[] TYPES = {"1", "2", "15", "28", "255", "glue", "0", "", "01"};
  private static final String[] NAMES = {
    "www.example.org",
    "example.org",
    "org",
    ".",
    "a\\072b",
    "10",
    "1e1",
    "10.0",
    "010",
    "0x10",
    "16",
    "1.2",
    "1.20",
    "+5",
    "5.",
    ".5",
    "1e400",
    "1e999",
    "1e-400",
    "0",
    "nan",
    "inf",
    "5e",
    "x",
    " 7",
    "7 ",
    "-0",
    "",
    "example.org www"
  };
  private static final String[] ZONES = {".", "org", "example.org", "www.example.org", "", "zz"};
  private static final String[] ADDRESSES = {"10.0.0.1", "192.168.100.200", "1.2.3.4", "start", ""};
  private static final String[] EVENTS = {
    "tx",
    "NXDOMAIN",
    "NODATA",
    "NS:org:a.org",
    "NS:example.org:ns.example.org",
    "A:ns.example.org:10.1.2.3",
    "A:10:10.1.2.3",
    "A",
    "NS",
    "NS:",
    "see:org",
    "see:example.org",
    "see",
    "CNAME:www.example.net",
    "ALERT:took more than 1 second",
    "ALERT:lame server; refers to .",
    "ALERT:query failed; timed out",
    "ALERT:a:b",
    "answer:www.example.org 600 A 192.0.2.1",
    "answer:www.example.org 600 16 \\001:x",
    "answer:x",
    "answer:",
    "other:x"
  };

  @TempDir private static Path directory;

  private static String pick(Random random, String[] words) {
    return words[random.nextInt(words.length)];
  }

  private static String line(Random random) {
    if (random.nextInt(12) == 0) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int i = 0; i < bytes.length; i++) {
        int value = 1 + random.nextInt(255);
        bytes[i] = (byte) (random.nextInt(4) == 0 ? ':' : value == '\n' ? ' ' : value);
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return String.join(
        ":",
        pick(random, TYPES),
        pick(random, NAMES),
        pick(random, ZONES),
        pick(random, ADDRESSES),
        pick(random, EVENTS));
  }

  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    int lines = random.nextInt(80);
    for (int i = 0; i < lines; i++) {
      out.append(line(random)).append('\n');
    }
    boolean cut = !out.isEmpty() && random.nextInt(4) == 0;
    return cut ? out.substring(0, out.length() - 1) : out.toString();
  }

  private static String original(Path input) throws IOException, InterruptedException {
    Path output = Path.of(input + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(ORIGINAL.toString())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"));
    assertEquals(0, builder.start().waitFor());
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldSortAnyTextAsTheOriginal()
      throws IOException, InterruptedException, ExecutionException {
    assumeTrue(Files.isExecutable(ORIGINAL), "Debian package djbdns-utils is not installed");
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      texts.add(text(random));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Future<String>> originals = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        Path input = directory.resolve("trace" + i);
        Files.writeString(input, texts.get(i), StandardCharsets.ISO_8859_1);
        originals.add(executor.submit(() -> original(input)));
      }
      for (int i = 0; i < RUNS; i++) {
        String text = texts.get(i);
        assertEquals(originals.get(i).get(), SortedTrace.of(text), () -> "sorting\n" + text);
      }
    }
  }

  @Test
  void shouldReadInputAndWriteOutput() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Host host =
        new Host(
            new SystemSettings(Map.of()),
            new KernelRandom(),
            new ByteArrayInputStream(
                "1:x.org:org:10.0.0.1:answer:x.org 60 A 10.9.8.7\n"
                    .getBytes(StandardCharsets.ISO_8859_1)),
            new Output(written));
    ToolMain.run(new Program("dnstracesort"), new Dnstracesort(), new String[0], host);
    assertEquals(
        "\n1 x._\bo_\br_\bg 10.0.0.1         60 A 10.9.8.7\n",
        written.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void shouldShowIpv6AddressesOfServers() {
    assertEquals(
        "\nglue ns.x _\bx --1              AAAA fd00--1\n".replace("ns.x _\bx", "ns._\bx"),
        SortedTrace.of("1:x:x:--1:AAAA:ns.x:fd00--1\n"));
  }
}
