package djbdns.client.nio;

import djbdns.client.AddressAnswer;
import djbdns.client.DottedText;
import djbdns.client.Failure;
import djbdns.client.Qualifier;
import djbdns.client.Query;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds the addresses that a user means by a server's name (dns_ipq.c). Immutable; for use by any
 * thread, which blocks while names are looked up.
 */
public final class ServerLookup {
  /** What came of it. */
  public sealed interface Result {}

  /** The addresses, in random order where they were looked up; none if the name has none. */
  public record Found(List<ServerAddress> addresses) implements Result {}

  /** A name could not be looked up. */
  public record Failed(Failure failure) implements Result {}

  private final Settings settings;
  private final StubResolver resolver;
  private final RandomGenerator random;

  /**
   * A lookup by the rules and the caches of this host.
   *
   * @param random as for {@link StubResolver}
   */
  public ServerLookup(Settings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    resolver = new StubResolver(settings, random, Transport.UDP);
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
    Result result = new Found(List.of());
    for (String name : names) {
      result = findOne(name);
      if (!(result instanceof Found found && found.addresses().isEmpty())) {
        return result;
      }
    }
    return result;
  }

  private Result findOne(String name) {
    Optional<List<ServerAddress>> decoded = DottedText.decode(name);
    if (decoded.isPresent()) {
      return new Found(decoded.get());
    }
    try {
      Query query = new Query(new Question(Name.parse(name), RecordType.A), true);
      return switch (resolver.ask(query)) {
        case Step.Done done ->
            new Found(shuffled(AddressAnswer.read(done.packet(), done.packet().length)));
        case Step.Failed failed -> new Failed(failed.failure());
      };
    } catch (MalformedTextException | MalformedPacketException e) {
      return new Failed(Failure.Reason.MALFORMED);
    }
  }

  private List<ServerAddress> shuffled(List<ServerAddress> addresses) {
    List<ServerAddress> shuffled = new ArrayList<>(addresses);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
