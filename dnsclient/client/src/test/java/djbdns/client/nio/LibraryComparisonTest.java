package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import djbdns.client.TestCache;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A short run of {@link LibraryBench}: every answer of both libraries is the expected one. */
final class LibraryComparisonTest {
  private static final int LOOKUPS = 500;

  @BeforeAll
  static void quieten() {
    ((Logger) LoggerFactory.getLogger("org.xbill.DNS")).setLevel(Level.WARN);
  }

  /** Answers as walldns does. */
  private static List<byte[]> answer(byte[] query) {
    Name name = TestCache.questionOf(query).name();
    byte[] address = new byte[4];
    String[] labels = name.toString().split("\\.", 0);
    for (int i = 0; i < 4; i++) {
      address[3 - i] = (byte) Integer.parseInt(labels[i]);
    }
    String line = name + ". 60 A " + AddressText.of(Bytes.of(address));
    return TestCache.of(line).overUdp(query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "dnsjava"})
  void shouldGiveTheSameAnswersInVirtualThreads(String library) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                "127.12.50.41",
                LibraryComparisonTest::answer,
                query -> List.of(TestCache.framed(answer(query).getFirst())));
        LibraryBench.Subject subject =
            LibraryBench.subject(library, address(server), server.address().port())) {
      LibraryBench.Result result = LibraryBench.run(subject, LOOKUPS, 0);
      assertEquals(0, result.wrong());
      assertEquals(LOOKUPS, result.latenciesNs().length);
    }
  }

  private static String address(ScriptedServer server) throws IOException {
    return InetAddress.getByAddress(server.address().address()).getHostAddress();
  }
}
