package djbdns.examples;

// @start region="blocking"
import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.nio.DnsClient;
import java.net.InetAddress;

/** Prints the addresses of a host. */
final class Blocking {
  public static void main(String[] args) throws InterruptedException {
    try (DnsClient client = DnsClient.ofSystem()) {
      Addresses found = client.ask(Lookup.addresses(args[0])).orElseThrow();
      for (InetAddress address : found.addresses()) {
        System.out.println(address.getHostAddress());
      }
    }
  }
}
// @end
