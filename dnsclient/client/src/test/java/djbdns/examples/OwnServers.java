package djbdns.examples;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.Outcome;
import djbdns.client.ServerAddress;
import djbdns.client.nio.ClientConfig;
import djbdns.client.nio.DnsClient;
import java.time.Duration;

/** Asks caches of its own choice, and does not wait long. */
final class OwnServers {
  private OwnServers() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println(ask(args[0], args[1]));
  }

  // @start region="own-servers"
  /** Servers such as {@code 192.0.2.1,[2001:db8::1]:5300}. */
  static Outcome<Addresses> ask(String servers, String host) throws InterruptedException {
    ClientConfig config =
        ClientConfig.ofSystem()
            .withServers(ServerAddress.parseList(servers))
            .withDeadline(Duration.ofSeconds(5));
    try (DnsClient client = new DnsClient(config)) {
      return client.ask(Lookup.addresses(host).qualified(), Duration.ofSeconds(2));
    }
  }
  // @end
}
