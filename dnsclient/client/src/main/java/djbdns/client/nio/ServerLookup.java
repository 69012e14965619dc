package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Qualifier;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Transport;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds the addresses that a user means by a server's name (dns_ipq.c). Immutable; for use by any
 * thread, which blocks while names are looked up.
 */
public final class ServerLookup {
  /** The outcome. */
  public sealed interface Result {}

  /** The addresses, in random order where they were looked up; none if the name has none. */
  public record Found(List<ServerAddress> addresses) implements Result {}

  /** A name could not be looked up. */
  public record Failed(Failure failure) implements Result {}

  private final Settings settings;
  private final AddressLookup addresses;

  /**
   * A lookup by the rules and the caches of this host.
   *
   * @param random as for {@link StubResolver}
   */
  public ServerLookup(Settings settings, RandomGenerator random) {
    this(settings, random, new StubResolver(settings, random, Transport.UDP));
  }

  /**
   * The same.
   *
   * @param resolver what asks the caches
   */
  public ServerLookup(Settings settings, RandomGenerator random, StubResolver resolver) {
    this.settings = settings;
    addresses = new AddressLookup(resolver, random, false);
  }

  /**
   * Finds the addresses of {@code text}: a name or IPv4 addresses joined by dots, both after {@link
   * Qualifier}'s changes; or, in addition to 1.05, {@link ServerAddress} forms with a colon, split
   * by commas.
   */
  public Result find(String text) {
    if (text.indexOf(':') >= 0 || text.indexOf(',') >= 0) {
      List<ServerAddress> literal = ServerAddress.parseList(text);
      if (!literal.isEmpty()) {
        return new Found(literal);
      }
    }
    try {
      return findFirst(Qualifier.of(settings).candidates(text));
    } catch (IOException e) {
      return new Failed(new Failure.Io(e));
    }
  }

  /** The addresses of the first name that has any. */
  private Result findFirst(List<String> names) {
    AddressLookup.Result result = addresses.findFirst(names).result();
    if (result instanceof AddressLookup.Failed failed) {
      return new Failed(failed.failure());
    }
    List<ServerAddress> servers = new ArrayList<>();
    for (Bytes address : ((AddressLookup.Found) result).addresses()) {
      servers.add(ServerAddress.of(address));
    }
    return new Found(servers);
  }
}
