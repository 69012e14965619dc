package djbdns.examples;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.nio.DnsClient;

/** Says why there are no addresses; the compiler sees to it that no reason is forgotten. */
final class Errors {
  private Errors() {}

  public static void main(String[] args) throws InterruptedException {
    try (DnsClient client = DnsClient.ofSystem()) {
      System.out.println(report(client, args[0]));
    }
  }

  // @start region="errors"
  static String report(DnsClient client, String host) throws InterruptedException {
    return switch (client.ask(Lookup.addresses(host))) {
      case Outcome.Found<Addresses>(Addresses found) ->
          found.canonicalName() + ", good for " + found.ttlSeconds() + " seconds";
      case Outcome.NotFound<Addresses>(LookupError error) ->
          switch (error) {
            case LookupError.NoSuchName no -> "there is no " + no.name();
            case LookupError.NoData no -> no.name() + " has no addresses";
            case LookupError.TimedOut _ -> "nobody answers; try again later";
            case LookupError.Refused _ -> "the caches do not serve this host";
            case LookupError.ServerFailed failed -> "the cache is in trouble: " + failed.rcode();
            case LookupError.Malformed malformed -> malformed.detail();
            case LookupError.Unreachable unreachable -> "no network: " + unreachable.cause();
          };
    };
  }
  // @end
}
