package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import djbdns.client.Failure;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerLookupTest {
  private static final int MANY = 3;

  private final List<String> asked = new ArrayList<>();
  private ScriptedServer cache;

  @BeforeEach
  void start() throws IOException {
    cache = new ScriptedServer("127.12.4.1", q -> List.of(reply(q)), _ -> List.of());
  }

  @AfterEach
  void stop() throws IOException {
    cache.close();
  }

  /** Only {@code many.two} exists; {@code broken} has an answer that ends too early. */
  private byte[] reply(byte[] query) {
    String name = new String(query, 13, query.length - 13 - 5, StandardCharsets.ISO_8859_1);
    asked.add(name);
    byte[] header = query.clone();
    header[2] |= (byte) 0x80;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (name.equals("many\3two")) {
      header[7] = MANY + 1;
      out.writeBytes(header);
      out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 1, 0, 1, 0});
      for (byte i = 1; i <= MANY; i++) {
        out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 10, 0, 0, i});
      }
    } else {
      header[3] |= 3;
      header[7] = (byte) (name.equals("broken") ? 1 : 0);
      out.writeBytes(header);
    }
    return out.toByteArray();
  }

  private ServerLookup lookup(String rules) {
    Settings settings =
        new Settings() {
          @Override
          public Object stamp(String path) {
            return path;
          }

          @Override
          public Optional<String> variable(String name) {
            return name.equals("DNSCACHEIP")
                ? Optional.of(cache.address().toString())
                : Optional.empty();
          }

          @Override
          public Optional<String> file(String path) {
            return path.equals("/etc/dnsrewrite") ? Optional.of(rules) : Optional.empty();
          }

          @Override
          public String hostName() {
            return "host";
          }
        };
    return new ServerLookup(settings, new KernelRandom());
  }

  private List<ServerAddress> find(String rules, String text) {
    return assertInstanceOf(ServerLookup.Found.class, lookup(rules).find(text)).addresses();
  }

  @Test
  void shouldTryEveryAlternativeUntilOneHasAddresses() {
    Set<String> found = new HashSet<>();
    for (ServerAddress address : find("?:+.one+.two+.three", "many")) {
      found.add(address.toString());
    }
    assertEquals(Set.of("10.0.0.1", "10.0.0.2", "10.0.0.3"), found);
    assertEquals(List.of("many\3one", "many\3two"), asked);
  }

  @Test
  void shouldFindNothingForUnknownNames() {
    assertEquals(List.of(), find("", "unknown"));
    assertEquals(List.of(), find("", "1.2.3"));
  }

  @Test
  void shouldTakeAddressesAsTheyAre() {
    assertEquals("[1.2.3.4, 5.6.7.8]", find("", "1.2.3.4.5.6.7.8").toString());
    assertEquals("[1.2.3.4:5300]", find("", "1.2.3.4:5300").toString());
    assertEquals("[::1, [::2]:54]", find("", "::1,[::2]:54").toString());
    assertEquals("[9.9.9.9]", find("=1.2.3.4:9.9.9.9", "1.2.3.4").toString());
    assertEquals(List.of(), asked);
  }

  @Test
  void shouldTellWhatIsMalformed() {
    ServerLookup.Result malformed = new ServerLookup.Failed(Failure.Reason.MALFORMED);
    assertEquals(malformed, lookup("").find("x".repeat(64)));
    assertEquals(malformed, lookup("").find("broken"));
  }
}
