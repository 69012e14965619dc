package djbdns.tinydns.zone;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code .}, {@code &} and {@code @}: the server gets the first name of {@code a.ns.domain} to
 * {@code z.ns.domain} that no server of the domain has yet, and the ttl of the last of those
 * servers.
 */
final class NewServer extends NewRecord {
  /**
   * The differences between servers of DNS and those of mail.
   *
   * @param infix stands between a server's letter and its domain
   * @param ttlField the field behind those that only this kind of line has
   */
  record Service(String infix, int ttlField, long defaultTtlSeconds) {
    /** True if there is a field for the distance, which stays empty. */
    boolean hasDistance() {
      return ttlField == 4;
    }
  }

  static final Service DNS = new Service(".ns.", 3, Defaults.NS_TTL_SECONDS);
  static final Service MAIL = new Service(".mx.", 4, Defaults.POSITIVE_TTL_SECONDS);

  /** A zone with an SOA record of its own. */
  private static final byte SOA = 'Z';

  private static final int NAMES = 26;

  private final Service service;
  private final List<Name> names;
  private final boolean[] used = new boolean[NAMES];
  private final boolean makesSoa;
  private boolean hasSoa;
  private long ttlSeconds;

  NewServer(char leadingCharacter, Service service, Name domain, Address address)
      throws DataException {
    super(leadingCharacter, domain, address);
    this.service = service;
    makesSoa = leadingCharacter == '.';
    ttlSeconds = service.defaultTtlSeconds();
    names = names(service.infix() + domain);
  }

  private static List<Name> names(String suffix) throws DataException {
    List<Name> names = new ArrayList<>(NAMES);
    for (int i = 0; i < NAMES; i++) {
      try {
        names.add(Name.parse(letter(i) + suffix));
      } catch (MalformedTextException e) {
        throw DataException.nameTooLong();
      }
    }
    return names;
  }

  private static char letter(int index) {
    return (char) ('a' + index);
  }

  @Override
  boolean concerns(byte kind) {
    return super.concerns(kind) || (makesSoa && kind == SOA);
  }

  @Override
  void examine(byte kind, FieldReader line) throws DataException {
    if (kind == SOA) {
      hasSoa |= isOfDomain(line);
      return;
    }
    if (!line.name(0).equals(domain)) {
      return;
    }
    int index = names.indexOf(line.serverName(2, service.infix()));
    if (index >= 0) {
      used[index] = true;
    }
    ttlSeconds =
        line.number(service.ttlField(), "ttl", FieldReader.MAX_32_BITS)
            .orElse(service.defaultTtlSeconds());
  }

  private boolean isOfDomain(FieldReader line) {
    try {
      return line.name(0).equals(domain);
    } catch (DataException _) {
      // A name that is too long is not the domain's; 1.05 does not read this line.
      return false;
    }
  }

  @Override
  public Optional<String> warning() {
    return hasSoa
        ? Optional.of(
            domain
                + " has a Z line, and a . line makes a second SOA that is never served:"
                + " childns adds a server without one, in an & line")
        : Optional.empty();
  }

  @Override
  String rest() throws RefusedException {
    int free = 0;
    while (free < NAMES && used[free]) {
      free++;
    }
    if (free == NAMES) {
      throw new RefusedException("too many records for that domain");
    }
    String distance = service.hasDistance() ? ":" : "";
    return ":" + letter(free) + distance + ":" + Long.toUnsignedString(ttlSeconds);
  }
}
