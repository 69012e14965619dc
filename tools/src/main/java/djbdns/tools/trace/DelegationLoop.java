package djbdns.tools.trace;

import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds delegations whose servers' names depend on each other, so that nobody can find them. */
final class DelegationLoop {
  private final Picture picture;
  private final List<Name> chain = new ArrayList<>();

  DelegationLoop(Picture picture) {
    this.picture = picture;
  }

  /** Names of servers, each in a zone that only the next one serves; empty if there is no loop. */
  List<String> from(Name host) {
    chain.clear();
    return closes(host) ? chain.stream().map(Name::toString).toList() : List.of();
  }

  private boolean closes(Name host) {
    if (!picture.addresses(host).isEmpty() || !picture.lookups(host).isEmpty()) {
      return false;
    }
    boolean again = chain.contains(host);
    chain.add(host);
    if (again) {
      return true;
    }
    Optional<Name> zone =
        picture.allZones().stream()
            .filter(host::isWithin)
            .max(Comparator.comparingInt(Name::labelCount));
    for (Name server : zone.map(picture::hosts).orElse(Set.of())) {
      if (!picture.addresses(server).isEmpty()) {
        break;
      }
      if (closes(server)) {
        return true;
      }
    }
    chain.removeLast();
    return false;
  }
}
