package djbdns.examples;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.nio.DnsClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Looks up many hosts at the same time, each in a virtual thread. */
final class ManyNames {
  private ManyNames() {}

  public static void main(String[] args) {
    try (DnsClient client = DnsClient.ofSystem()) {
      lookUp(client, List.of(args)).forEach((host, text) -> System.out.println(host + " " + text));
    }
  }

  // @start region="virtual-threads"
  static Map<String, String> lookUp(DnsClient client, List<String> hosts) {
    Map<String, String> results = new ConcurrentSkipListMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String host : hosts) {
        threads.submit(() -> results.put(host, text(client.ask(Lookup.ipv4Addresses(host)))));
      }
    }
    return results;
  }

  // @end

  private static String text(Outcome<Addresses> outcome) {
    return switch (outcome) {
      case Outcome.Found<Addresses>(Addresses found) ->
          found.addresses().getFirst().getHostAddress();
      case Outcome.NotFound<Addresses>(LookupError error) -> error.message();
    };
  }
}
