package djbdns.dnscache.resolve.policy;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All of the directory {@code servers}; the longest match counts (roots.c). Immutable. */
public final class ConfiguredZones {
  /** Nothing configured: the resolver starts from the roots it knows. */
  public static final ConfiguredZones NONE = new ConfiguredZones(Set.of());

  private final Map<Name, ConfiguredZone> zones = new HashMap<>();
  private final Set<ServerAddress> addresses = new HashSet<>();

  /** Labels of the longest name. */
  private final int mostLabels;

  public ConfiguredZones(Collection<ConfiguredZone> zones) {
    int most = 0;
    for (ConfiguredZone zone : zones) {
      this.zones.put(zone.name(), zone);
      addresses.addAll(zone.addresses());
      most = Math.max(most, zone.name().labelCount());
    }
    mostLabels = most;
  }

  /** The zone with the longest name that is {@code name} or an ancestor of it. */
  public Optional<ConfiguredZone> closest(Name name) {
    for (int labels = Math.min(name.labelCount(), mostLabels); labels >= 0; labels--) {
      ConfiguredZone zone = zones.get(name.suffix(labels));
      if (zone != null) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }

  /**
   * Those whose servers alone may speak for them: where caches are only to be asked first, what
   * servers found by iteration say counts as well.
   */
  public ConfiguredZones withoutForwardFirst() {
    List<ConfiguredZone> others = new ArrayList<>(zones.values());
    others.removeIf(zone -> zone.mode() == ConfiguredZone.Mode.FORWARD_FIRST);
    return new ConfiguredZones(others);
  }

  /** True if a file names this server, so that it may be asked wherever it is. */
  public boolean names(ServerAddress server) {
    return addresses.contains(server);
  }

  public Collection<ConfiguredZone> all() {
    return zones.values();
  }
}
