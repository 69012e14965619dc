package djbdns.examples;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.Records;
import djbdns.client.nio.DnsClient;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Https;
import djbdns.wire.rdata.Mx;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Srv;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Finds out where mail, a service and a web site of a domain are. */
final class Services {
  private Services() {}

  public static void main(String[] args) throws InterruptedException {
    String domain = args[0];
    try (DnsClient client = DnsClient.ofSystem()) {
      System.out.println("mail: " + mailHosts(client, domain));
      System.out.println("imaps: " + servers(client, "_imaps._tcp." + domain));
      System.out.println("https: " + bindings(client, domain));
      System.out.println("caa: " + records(client, domain, RecordType.CAA));
    }
  }

  // @start region="mail"
  static List<InetAddress> mailHosts(DnsClient client, String domain) throws InterruptedException {
    List<InetAddress> hosts = new ArrayList<>();
    switch (client.ask(Lookup.mailExchanges(domain))) {
      case Outcome.Found<Records<Mx>>(Records<Mx> found) -> {
        for (Mx mx : found.data()) {
          hosts.addAll(addresses(client, mx.exchange().toString()));
        }
      }
      // Without MX records the domain is its own mail host (RFC 5321, 5.1).
      case Outcome.NotFound<Records<Mx>>(LookupError.NoData _) ->
          hosts.addAll(addresses(client, domain));
      case Outcome.NotFound<Records<Mx>> _ -> {}
    }
    return hosts;
  }

  private static List<InetAddress> addresses(DnsClient client, String host)
      throws InterruptedException {
    return client
        .ask(Lookup.addresses(host))
        .map(Addresses::addresses)
        .toOptional()
        .orElse(List.of());
  }

  // @end

  // @start region="services"
  static List<InetSocketAddress> servers(DnsClient client, String service)
      throws InterruptedException {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (Srv srv : client.ask(Lookup.services(service)).orElseThrow().data()) {
      for (InetAddress address : addresses(client, srv.target().toString())) {
        servers.add(new InetSocketAddress(address, srv.port()));
      }
    }
    return servers;
  }

  // @end

  // @start region="https"
  static List<Https> bindings(DnsClient client, String host) throws InterruptedException {
    return client.ask(Lookup.httpsBindings(host)).orElseThrow().data();
  }

  // @end

  // @start region="any-type"
  static List<Rdata> records(DnsClient client, String name, RecordType type)
      throws InterruptedException {
    return client.ask(Lookup.records(name, type)).orElseThrow().data();
  }
  // @end
}
