package djbdns.tinydns.lint;

import djbdns.wire.Name;
import java.util.List;

/** Looks at the records of one name. */
@FunctionalInterface
interface Check {
  /**
   * Adds what it finds.
   *
   * @param entries the records of the name, one or more, in the order of the file
   */
  void look(Name name, List<Entry> entries, List<Finding> findings);
}
