package djbdns.examples;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.Outcome;
import djbdns.client.nio.DnsClient;
import djbdns.wire.Name;
import java.util.concurrent.CompletableFuture;

/** Finds the address of a host, and what that address is called, without waiting. */
final class Futures {
  private Futures() {}

  public static void main(String[] args) {
    try (DnsClient client = DnsClient.ofSystem()) {
      System.out.println(nameOfAddress(client, args[0]).join());
    }
  }

  // @start region="futures"
  static CompletableFuture<Name> nameOfAddress(DnsClient client, String host) {
    return client
        .askAsync(Lookup.ipv4Addresses(host))
        .thenApply(Outcome::orElseThrow)
        .thenApply((Addresses found) -> found.addresses().getFirst())
        .thenCompose(address -> client.askAsync(Lookup.names(address)))
        .thenApply(names -> names.orElseThrow().data().getFirst().target());
  }
  // @end
}
