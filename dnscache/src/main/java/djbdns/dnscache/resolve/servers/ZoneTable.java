package djbdns.dnscache.resolve.servers;

import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.wire.Name;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers zones: whose servers cannot stand minimised names, and about which the parent was asked
 * again. Both memories are bounded. Belongs to one thread.
 */
public final class ZoneTable {
  /** Zones in each memory: some 300 bytes each. */
  static final int CAPACITY = 4_000;

  /** The time for which it is remembered that a zone's servers want the whole name. */
  static final long WHOLE_NAME_SECONDS = 600;

  /** Minimised names in a row without a usable reply: one may be a packet that was lost. */
  private static final int FAILURES = 2;

  private record Failures(int count, long untilSeconds) {}

  private record Renewal(long receivedAt, long renewedAt) {}

  private final Map<Name, Failures> failures = new RecentMap<>(CAPACITY);

  /** Zones whose parents are being asked, and how many lookups wait for that. */
  private final Map<Name, Integer> renewing = new HashMap<>();

  /** The earliest renewal first. */
  private final LinkedHashMap<Name, Renewal> renewals = new LinkedHashMap<>();

  /** True if a zone's servers are known not to answer for parts of a name that they answer for. */
  public boolean wantsWholeNames(Name zone, long unixSeconds) {
    Failures known = failures.isEmpty() ? null : failures.get(zone);
    return known != null && known.count >= FAILURES && unixSeconds < known.untilSeconds;
  }

  /** There was an answer for the whole name, but no usable reply for a part of it. */
  public void silentToPart(Name zone, long unixSeconds) {
    Failures known = failures.get(zone);
    boolean counts = known != null && unixSeconds < known.untilSeconds;
    note(zone, counts ? known.count + 1 : 1, unixSeconds);
  }

  /** The servers deny a name below which they have names. */
  public void deniedPart(Name zone, long unixSeconds) {
    note(zone, FAILURES, unixSeconds);
  }

  private void note(Name zone, int count, long unixSeconds) {
    failures.put(zone, new Failures(count, unixSeconds + WHOLE_NAME_SECONDS));
  }

  /** There was a reply for a part of a name. */
  public void answeredPart(Name zone) {
    if (!failures.isEmpty()) {
      failures.remove(zone);
    }
  }

  /**
   * True if a zone's parent may be asked again where the zone is served, since all servers that it
   * named fail (RFC 4697, 2.1.1): once for a delegation, seldom for a zone, and never soon after
   * the parent has spoken.
   */
  public boolean mayRenew(Delegation delegation, long unixSeconds) {
    if (renewing.containsKey(delegation.zone())) {
      // Who comes now joins the question that is on its way.
      return true;
    }
    // Both are whole seconds, so that the difference may be one more than the age.
    if (unixSeconds - delegation.receivedAt() <= ResolverLimits.RENEWAL_AGE_SECONDS) {
      return false;
    }
    Renewal last = renewals.get(delegation.zone());
    if (last != null) {
      return last.receivedAt != delegation.receivedAt() && !isRecent(last, unixSeconds);
    }
    return renewals.size() < CAPACITY || !isRecent(renewals.firstEntry().getValue(), unixSeconds);
  }

  private static boolean isRecent(Renewal renewal, long unixSeconds) {
    return unixSeconds - renewal.renewedAt < ResolverLimits.RENEWAL_PAUSE_SECONDS;
  }

  /** The parent is being asked. */
  public void renewing(Delegation delegation, long unixSeconds) {
    if (renewing.merge(delegation.zone(), 1, Integer::sum) > 1) {
      return;
    }
    renewals.remove(delegation.zone());
    Iterator<Renewal> oldest = renewals.values().iterator();
    if (renewals.size() >= CAPACITY) {
      oldest.next();
      oldest.remove();
    }
    renewals.put(delegation.zone(), new Renewal(delegation.receivedAt(), unixSeconds));
  }

  /** A lookup that has asked the parent has got its reply, or does not wait any more. */
  public void renewalEnded(Name zone) {
    renewing.computeIfPresent(zone, (same, waiting) -> waiting == 1 ? null : waiting - 1);
  }
}
