package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Reply;
import djbdns.dnscache.resolve.servers.ServerList;
import djbdns.dnscache.resolve.servers.ZoneQuestion;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The servers of the root: those known beforehand, until the first question that needs any has them
 * asked who they are (RFC 9609). What they say holds for its TTL; then they are asked again, and go
 * on being used until they have answered.
 */
final class Roots implements Fetch.Listener {
  private static final long RETRY_SECONDS = 60;

  private final Core core;
  private final Fetches fetches;
  private Delegation servers;
  private long primeAgainAt = Long.MIN_VALUE;
  private boolean priming;
  private Optional<Fetch> fetch = Optional.empty();
  private int packetsLeft;

  Roots(Core core, Fetches fetches, Delegation hints) {
    this.core = core;
    this.fetches = fetches;
    servers = hints;
  }

  /** The servers of the root, as far as is known now. */
  Delegation delegation() {
    if (!priming && core.time().unixSeconds() >= primeAgainAt) {
      prime();
    }
    return servers;
  }

  private void prime() {
    priming = true;
    packetsLeft = ResolverLimits.PACKETS_PER_FETCH;
    Fetch.Key key =
        new Fetch.Key(
            new ZoneQuestion(Name.ROOT, Name.ROOT, RecordType.NS.code()), Fetch.Purpose.PRIMING);
    fetch = fetches.ask(key, servers, ServerList.ofEquals(addresses()), List.of(), 0, false, this);
  }

  private List<ServerAddress> addresses() {
    List<ServerAddress> addresses = new ArrayList<>();
    for (Delegation.NameServer server : servers.servers()) {
      for (ServerAddress address : server.addresses()) {
        if (core.config().uses(address)) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }

  @Override
  public boolean reserve(int bytes) {
    return true;
  }

  @Override
  public Fetch.Patience patience() {
    return Fetch.Patience.HASTY;
  }

  /** There is no hurry: the next question tries again. */
  @Override
  public void pending() {
    Optional<Fetch> left = fetch;
    fetch = Optional.empty();
    end();
    left.ifPresent(pending -> pending.leave(this));
  }

  @Override
  public Bytes client() {
    return Bytes.EMPTY;
  }

  @Override
  public boolean charge() {
    return packetsLeft-- > 0;
  }

  private void end() {
    priming = false;
    primeAgainAt = core.time().unixSeconds() + RETRY_SECONDS;
  }

  @Override
  public void fetched(Fetch.Outcome outcome) {
    fetch = Optional.empty();
    end();
    if (outcome
        instanceof Fetch.Outcome.Replied(Reply.Referral(Delegation primed), ServerAddress _)) {
      primeAgainAt = Math.max(primeAgainAt, primed.expiresAt());
      // No parent limits the life of the root.
      servers = new Delegation(Name.ROOT, primed.servers(), Delegation.ALWAYS, Delegation.NEVER);
    }
  }
}
