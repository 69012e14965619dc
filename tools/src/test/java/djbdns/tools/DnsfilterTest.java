package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** dnsfilter, beside the original where it is installed. */
@Timeout(120)
final class DnsfilterTest {
  private static final String SERVER = "127.12.40.31";
  private static final Path ORIGINAL = Path.of("/usr/bin/dnsfilter");

  /** What the last byte of an address, the first label of its name, asks for. */
  private static final ReverseScript SCRIPT = new ReverseScript();

  private static Optional<ScriptedServer> server = Optional.empty();

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    server = Optional.of(ScriptedServer.start(SERVER, 53, SCRIPT));
  }

  @AfterAll
  static void stop() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
  }

  /** Answers by the first label: 250 fails, 251 is malformed, 252 has no name; others have one. */
  private static final class ReverseScript implements Script {
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    @Override
    public List<byte[]> overUdp(byte[] query) {
      String label = new String(query, 13, query[12], ISO_8859_1);
      String name = new String(query, 13, query.length - 18, ISO_8859_1);
      counts.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
      return switch (label) {
        case "250" -> List.of(header(query, 2, 0));
        case "251" -> List.of(header(query, 0, 1));
        case "252" -> List.of(header(query, 3, 0));
        case "253" -> List.of(answer(query, 0));
        default -> List.of(answer(query, 60));
      };
    }

    @Override
    public List<byte[]> overTcp(byte[] query) {
      return List.of();
    }

    private static byte[] header(byte[] query, int rcode, int answers) {
      byte[] reply = query.clone();
      reply[2] |= (byte) 0x80;
      reply[3] = (byte) (0x80 | rcode);
      reply[7] = (byte) answers;
      return reply;
    }

    private static byte[] answer(byte[] query, int ttl) {
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      reply.writeBytes(header(query, 0, 1));
      reply.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, (byte) ttl, 0, 4});
      reply.writeBytes(new byte[] {1, 'h', (byte) 0xc0, 12});
      return reply.toByteArray();
    }
  }

  private record Outcome(String output, String errors, int exitCode) {}

  private static Outcome ours(String cache, InputStream in, OutputStream written, String... args) {
    Host host =
        new Host(
            new SystemSettings(Map.of("DNSCACHEIP", cache)),
            new KernelRandom(),
            in,
            new Output(written));
    String errors = "";
    int exitCode = 0;
    try {
      ToolMain.run(new Program("dnsfilter"), new Dnsfilter(), args, host);
    } catch (Fatal e) {
      errors = e.getMessage() + "\n";
      exitCode = e.exitCode();
    }
    return new Outcome(written.toString(), errors, exitCode);
  }

  private static Outcome ours(String cache, String input, String... args) {
    ByteArrayOutputStream written =
        new ByteArrayOutputStream() {
          @Override
          public synchronized String toString() {
            return toString(ISO_8859_1);
          }
        };
    return ours(cache, new ByteArrayInputStream(input.getBytes(ISO_8859_1)), written, args);
  }

  private Outcome original(String cache, String input, String... args) throws Exception {
    Path in = Files.writeString(directory.resolve("in"), input, ISO_8859_1);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> words = new ArrayList<>(List.of(ORIGINAL.toString()));
    words.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("DNSCACHEIP", cache);
    int exitCode = builder.start().waitFor();
    return new Outcome(
        Files.readString(out, ISO_8859_1), Files.readString(err, ISO_8859_1), exitCode);
  }

  /** Side by side: some failures take them eleven seconds. */
  private void assertSame(String cache, String input, String... args) throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Outcome> ours = executor.submit(() -> ours(cache, input, args));
      assertEquals(original(cache, input, args), ours.get());
    }
  }

  /** 1.05 takes numbers modulo 256, and names another host. */
  @Test
  void shouldLeaveLinesAloneWhoseAddressIsNone() {
    String lines = "257.2.3.4 x\n1.2.3.300\n99999999999999999999.2.3.4 x\n";
    assertEquals(new Outcome(lines, "", 0), ours(SERVER, lines));
  }

  private static void assumeOriginal() {
    Commands.assumeOriginals();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "x",
        "1.2.3.4",
        "1.2.3.4\n",
        "1.2.3.4 x\n",
        "1.2.3.4\tx\n",
        " 1.2.3.4\n",
        "1.2.3.4x y\n",
        "1.2.3\n",
        "1.2.3.\n",
        "1.2.3.4.5 x\n",
        "01.002.0003.4\n",
        "-1.2.3.4\n",
        "1.2.3.4\r\n",
        "1.2.3.4\0 x\n",
        "1.2\0.3.4 x\n",
        "\u00ff\u0080\0 1.2.3.4\n1.2.3.4 \u00ff\0\n",
        "1.1.1.252 none\n1.1.1.251 malformed\n1.1.1.250 failed\n",
        "1.1.1.251\n1.1.1.252",
        "0.0.0.0\n255.255.255.255 x",
        "a\n1.2.3.4\nb\n1.2.3.4\nc"
      })
  void shouldWriteWhatTheOriginalWrites(String input) throws Exception {
    assumeOriginal();
    assertSame(SERVER, input);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c1",
        "-c 1",
        "-c0",
        "-cx",
        "-c 99999999999999999999",
        "-c-1",
        "-l1",
        "-l 2 -c3",
        "-l0",
        "-l 1000001",
        "-c",
        "-l",
        "-x",
        "-c1x -l3",
        "-c 5 -z",
        "-h",
        "-",
        "--",
        "-- -x",
        "operand",
        "-c2 operand -x",
        "-:"
      })
  void shouldTakeOptionsAsTheOriginal(String line) throws Exception {
    assumeOriginal();
    assertSame(SERVER, "1.2.3.4 x\ny\n5.6.7.8\n9.9.9.9\n", line.split(" ", -1));
  }

  @Test
  void shouldFilterManyLinesAsTheOriginal() throws Exception {
    assumeOriginal();
    Random random = new Random(7);
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextInt(4) > 0) {
        input.append("10.").append(random.nextInt(3)).append('.').append(random.nextInt(256));
        input.append('.').append(random.nextInt(250));
      }
      for (int length = random.nextInt(60); length > 0; length--) {
        // A digit would be one of the address's, and its number above 255.
        char c = (char) random.nextInt(256);
        input.append(Character.isDigit(c) ? 'x' : c);
      }
      input.append(random.nextInt(3) == 0 ? "\n" : " x\n");
    }
    assertSame(SERVER, input.toString());
    assertSame(SERVER, input.toString(), "-c3", "-l2");
  }

  @Test
  void shouldCopyVeryLongLines() throws Exception {
    assumeOriginal();
    assertSame(
        SERVER,
        "1.2.3.4 " + "x".repeat(3_000_000) + "\n" + "y".repeat(8192) + "\n" + "z".repeat(9000));
  }

  @Test
  void shouldSayWhatIsWrongWithTheCache() throws Exception {
    assumeOriginal();
    assertSame("127.12.40.99", "1.2.3.4 x\ny\n1.2.3.4 z\n");
  }

  @Test
  void shouldFindNamesOfIpv6Addresses() {
    assertEquals(
        "::1=h.1" + ".0".repeat(31) + ".ip6.arpa x\n12:30:59 y\n",
        ours(SERVER, "::1 x\n12:30:59 y\n").output());
  }

  @Test
  void shouldAskOnceWhileTheAnswerLasts() {
    ours(SERVER, "7.7.7.7 a\n".repeat(100) + "7.7.7.253 a\n".repeat(3), "-l1");

    assertEquals(1, count("7.7.7.7"));
    assertEquals(3, count("7.7.7.253"));
  }

  private static int count(String address) {
    String[] octets = address.split("\\.", -1);
    String name = octets[3] + "\1" + octets[2] + "\1" + octets[1] + "\1" + octets[0];
    return SCRIPT.counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name))
        .mapToInt(entry -> entry.getValue().get())
        .sum();
  }

  /** Holds back the answers for addresses in 66.0.0.0/8 until they are released. */
  private static final class HoldingScript implements Script {
    private final BlockingQueue<byte[]> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public List<byte[]> overUdp(byte[] query) {
      asked.add(query);
      if (new String(query, ISO_8859_1).contains("\00266\7in-addr")) {
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return List.of(ReverseScript.answer(query, 60));
    }

    @Override
    public List<byte[]> overTcp(byte[] query) {
      return List.of();
    }
  }

  /** Output that can be waited for. */
  private static final class Awaited extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      written.write(b);
      notifyAll();
    }

    synchronized void await(String text) throws InterruptedException {
      while (!toString().equals(text)) {
        assertTrue(text.startsWith(toString()), this::toString);
        wait();
      }
    }

    @Override
    public synchronized String toString() {
      return written.toString(ISO_8859_1);
    }
  }

  @Test
  void shouldWriteEachLineAsSoonAsAllBeforeItAreComplete() throws Exception {
    HoldingScript script = new HoldingScript();
    Awaited out = new Awaited();
    try (ScriptedServer holding = ScriptedServer.start("127.12.40.32", 0, script);
        PipedInputStream in = new PipedInputStream()) {
      PipedOutputStream lines = new PipedOutputStream(in);
      Thread filter = Thread.ofPlatform().start(() -> ours(holding.address(), in, out));
      lines.write("1.2.3.4 first\nplain\n".getBytes(ISO_8859_1));
      lines.flush();
      String first = "1.2.3.4=h.4.3.2.1.in-addr.arpa first\nplain\n";
      out.await(first);

      lines.write("66.0.0.1 held\nbehind\n66.0.0.1 again".getBytes(ISO_8859_1));
      lines.flush();
      script.asked.poll(30, TimeUnit.SECONDS);
      script.asked.poll(30, TimeUnit.SECONDS);
      assertEquals(first, out.toString());

      script.released.countDown();
      String held = first + "66.0.0.1=h.1.0.0.66.in-addr.arpa held\nbehind\n";
      out.await(held);

      lines.close();
      filter.join();
      assertEquals(held + "66.0.0.1=h.1.0.0.66.in-addr.arpa again", out.toString());
    }
  }

  @Test
  void shouldWriteWhatIsCompleteBeforeItFails() {
    InputStream broken =
        new InputStream() {
          private boolean begun;

          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            if (begun) {
              return read();
            }
            begun = true;
            bytes[offset] = 'x';
            return 1;
          }
        };
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    assertEquals(
        new Outcome("x", "dnsfilter: fatal: unable to read input: input/output error\n", 111),
        ours(SERVER, broken, written));
  }
}
