package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.wire.Name;

/**
 * The names about which the servers of one zone may speak: those within the zone, but not those
 * that a file of {@code servers/} gives to others (roots_same in 1.05's query.c; MaginotDNS).
 * Immutable.
 */
final class Bailiwick {
  private final Name zone;
  private final ConfiguredZones configured;
  private final boolean alone;
  private final Name closest;
  private final boolean hasClosest;

  Bailiwick(Name zone, ConfiguredZones configured) {
    this.zone = zone;
    this.configured = configured;
    alone = configured.all().isEmpty();
    hasClosest = configured.closest(zone).isPresent();
    closest = configured.closest(zone).map(ConfiguredZone::name).orElse(Name.ROOT);
  }

  boolean contains(Name name) {
    return name.isWithin(zone) && (alone || isOfSameFile(name));
  }

  /** True if this is the zone's own name. */
  boolean isZone(Name name) {
    return name.equals(zone);
  }

  private boolean isOfSameFile(Name name) {
    return configured
        .closest(name)
        .map(found -> hasClosest && found.name().equals(closest))
        .orElse(!hasClosest);
  }

  /** True if a file names the zone itself, so that its servers are an administrator's choice. */
  boolean isConfigured() {
    return hasClosest && closest.equals(zone);
  }

  /** True if no file but that of the root is about the zone: its servers are the world's. */
  boolean isPublic() {
    return !hasClosest || closest.isRoot();
  }
}
