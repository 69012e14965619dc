package djbdns.tinydns.axfr;

import djbdns.client.ServerAddress;
import djbdns.tsig.TsigKey;
import djbdns.wire.Name;
import java.util.Optional;

/**
 * A server that is told of new versions of a zone.
 *
 * @param zone empty for any
 * @param key what the message is signed with
 */
public record Secondary(Optional<Name> zone, ServerAddress address, Optional<TsigKey> key) {
  boolean isOf(Name other) {
    return zone.isEmpty() || zone.get().equals(other);
  }
}
