package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.sim.NoLog;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.A;
import djbdns.wire.rdata.Ns;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Soa;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** A resolver in a network of a few scripted servers, and a client of it. */
abstract class ScriptedResolver {
  static final int AA = Header.QR | Header.AA;
  static final String ROOT = "192.0.2.1";
  static final String LEAF = "192.0.2.2";
  static final String CACHE = "192.0.2.3";
  static final ResourceRecord WWW = address("www.example.test", "198.51.100.1");

  final ScriptedNetwork network = new ScriptedNetwork();
  final ShardedCache cache = new ShardedCache(1_000_000, new SplittableRandom(1));
  final Told told = new Told();

  /** A client that remembers what it was told. */
  static final class Told implements Waiter {
    final List<Answer> answers = new ArrayList<>();
    int dropped;

    @Override
    public Bytes client() {
      return Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1);
    }

    @Override
    public void answered(Answer answer) {
      answers.add(answer);
    }

    @Override
    public void dropped() {
      dropped++;
    }

    Answer only() {
      assertEquals(1, answers.size());
      return answers.getFirst();
    }
  }

  @AfterEach
  final void shouldLeaveNothingOpen() {
    network.asked().forEach(asked -> assertTrue(asked.isClosed(), asked::toString));
    assertEquals(0, told.dropped);
  }

  static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ResourceRecord rr(String owner, Rdata rdata) {
    return new ResourceRecord(name(owner), 3600, rdata);
  }

  static ResourceRecord address(String owner, String address) {
    ServerAddress parsed = ServerAddress.parse(address).orElseThrow();
    return rr(owner, new A(Bytes.of(parsed.address())));
  }

  static ResourceRecord soa(String zone) {
    return rr(zone, new Soa(name("ns." + zone), name("contact." + zone), 1, 1, 1, 1, 300));
  }

  static ConfiguredZone zone(String name, ConfiguredZone.Mode mode, String... addresses) {
    List<ServerAddress> servers =
        List.of(addresses).stream()
            .map(text -> ServerAddress.parse(text).orElseThrow())
            .collect(Collectors.toList());
    return new ConfiguredZone(name(name), mode, servers);
  }

  final Resolver resolver(ConfiguredZone... zones) {
    return resolver(ResolverConfig.standard(), zones);
  }

  final Resolver resolver(ResolverConfig config, ConfiguredZone... zones) {
    return new Resolver(
        config,
        new ConfiguredZones(List.of(zones)),
        cache,
        network,
        new SplittableRandom(7),
        network,
        new NoLog());
  }

  final Resolver iterating() {
    return resolver(zone(".", ConfiguredZone.Mode.ITERATE, ROOT));
  }

  static void answer(ScriptedNetwork.Asked asked, ResourceRecord... answers) {
    asked.reply(ScriptedNetwork.response(asked, AA, List.of(answers), List.of(), List.of()));
  }

  static void deny(ScriptedNetwork.Asked asked, String zone) {
    asked.reply(ScriptedNetwork.response(asked, AA, List.of(), List.of(soa(zone)), List.of()));
  }

  /** A root that refers everything below {@code example.test} to the leaf. */
  final void putRoot() {
    network.put(
        ROOT,
        asked -> {
          if (asked.name().isWithin(name("example.test"))) {
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    Header.QR,
                    List.of(),
                    List.of(rr("example.test", new Ns(name("ns.example.test")))),
                    List.of(address("ns.example.test", LEAF))));
          } else {
            deny(asked, ".");
          }
        });
  }

  final void ask(Resolver resolver, String name, RecordType type) {
    resolver.ask(name(name), type.code(), told);
    network.pass(resolver, ResolverLimits.QUERY_DEADLINE_MS);
  }

  static void assertAnswers(Answer answer, String owner) {
    assertEquals(Rcode.NOERROR, answer.rcode());
    assertEquals(name(owner), answer.records().getLast().owner());
  }
}
