package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Transport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests of {@link DnsClient} have in common. */
final class ClientTests {
  private ClientTests() {}

  /** A host without variables and with these files. */
  record MapSettings(Map<String, String> environment, Map<String, String> files)
      implements Settings {
    static final String UNREADABLE = "\0unreadable";

    @Override
    public Optional<String> variable(String name) {
      return Optional.ofNullable(environment.get(name));
    }

    @Override
    public Optional<String> file(String path) throws IOException {
      if (UNREADABLE.equals(files.get(path))) {
        throw new FileNotFoundException(path + " (Permission denied)");
      }
      return Optional.ofNullable(files.get(path));
    }

    @Override
    public Object stamp(String path) {
      return files.getOrDefault(path, "");
    }

    @Override
    public String hostName() {
      return "host";
    }
  }

  /**
   * A client of these servers, each asked once and given all the time that a busy machine needs.
   */
  static ClientConfig config(ScriptedServer... servers) {
    return config("options timeout:30 attempts:1\n", servers);
  }

  /** A client of these servers that gives up on each after a second. */
  static ClientConfig impatient(ScriptedServer... servers) {
    return config("options timeout:1 attempts:1\n", servers);
  }

  private static ClientConfig config(String resolvConf, ScriptedServer... servers) {
    return config(resolvConf, Arrays.stream(servers).map(ScriptedServer::address).toList());
  }

  static ClientConfig config(String resolvConf, List<ServerAddress> servers) {
    return new ClientConfig(
        new MapSettings(Map.of(), Map.of("/etc/resolv.conf", resolvConf)),
        servers,
        new KernelRandom(),
        Duration.ofSeconds(20),
        200,
        Transport.UDP);
  }

  static LookupError error(Outcome<?> outcome) {
    return assertInstanceOf(Outcome.NotFound.class, outcome).error();
  }

  /** For where nobody interrupts. */
  static <T> Outcome<T> uninterrupted(DnsClient client, Lookup<T> lookup) {
    try {
      return client.ask(lookup);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Open descriptors of this process. */
  static int descriptors() {
    String[] names = Path.of("/proc/self/fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  /** An address at which nobody listens. */
  static ServerAddress nobody(String address) throws IOException {
    InetAddress local = InetAddress.getByName(address);
    try (DatagramSocket socket = new DatagramSocket(0, local)) {
      return new ServerAddress(local.getAddress(), socket.getLocalPort());
    }
  }
}
