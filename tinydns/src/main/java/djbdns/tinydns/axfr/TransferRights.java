package djbdns.tinydns.axfr;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rights of one client.
 *
 * @param served false for whoever may not even ask
 * @param anyZone whether every zone may be transferred
 * @param zones what may be transferred otherwise
 * @param keys if not empty, a transfer must be signed with one of these
 */
public record TransferRights(boolean served, boolean anyZone, Set<Name> zones, Set<Name> keys) {
  static final TransferRights NONE = new TransferRights(false, false, Set.of(), Set.of());

  public TransferRights {
    zones = Set.copyOf(zones);
    keys = Set.copyOf(keys);
  }

  /**
   * The rights that the variables of a rule give: {@code AXFR}, zones with slashes between them or
   * {@code *} for any, and {@code TSIG}, names of keys with slashes between them.
   *
   * @param compat whether a client without {@code AXFR} may have any zone, as in 1.05, or none
   * @throws MalformedTextException if a name cannot be read
   */
  public static TransferRights of(Map<String, String> variables, boolean compat)
      throws MalformedTextException {
    String zones = variables.getOrDefault("AXFR", compat ? "*" : "");
    boolean anyZone = zones.equals("*");
    return new TransferRights(
        true,
        anyZone,
        anyZone ? Set.of() : names(zones),
        names(variables.getOrDefault("TSIG", "")));
  }

  private static Set<Name> names(String text) throws MalformedTextException {
    Set<Name> names = new HashSet<>();
    for (String part : text.split("/", -1)) {
      if (!part.isEmpty()) {
        names.add(Name.parse(part));
      }
    }
    return names;
  }

  /** True if a zone may be transferred. */
  boolean allow(Name zone, Optional<Name> signedWith) {
    return (anyZone || zones.contains(zone))
        && (keys.isEmpty() || signedWith.filter(keys::contains).isPresent());
  }
}
