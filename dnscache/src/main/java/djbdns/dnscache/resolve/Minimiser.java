package djbdns.dnscache.resolve;

import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Name;

/**
 * The part of a name that a zone's servers are told (RFC 9156): one label more than their zone has,
 * with ever larger steps for names of many labels. Counts the questions of one lookup.
 */
final class Minimiser {
  private int questions;
  private boolean relaxed;

  /**
   * The name to ask about next.
   *
   * @param name what is looked for
   * @param knownLabels that many labels of it, from the right, are known to hold no zone cut below
   *     the zone that is asked; less than the name has
   * @return the name itself, or an ancestor with more labels than {@code knownLabels}
   */
  Name next(Name name, int knownLabels) {
    int labels = name.labelCount();
    int left = labels - knownLabels;
    if (relaxed || left <= 1 || questions >= ResolverLimits.MINIMISED_QUESTIONS) {
      return name;
    }
    int step = 1;
    if (questions >= ResolverLimits.MINIMISED_ONE_LABEL) {
      step = Math.ceilDiv(left, ResolverLimits.MINIMISED_QUESTIONS - questions);
    }
    return name.suffix(knownLabels + step);
  }

  /** A question with a minimised name is being asked. */
  void asked() {
    questions++;
  }

  /** The servers do not bear it: from now on the whole name is asked (RFC 9156, 2.3). */
  void relax() {
    relaxed = true;
  }

  /** Other servers are asked now, which may bear it. */
  void restrain() {
    relaxed = false;
  }
}
