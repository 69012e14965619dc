package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.NS;
import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.wire.RecordType;

/**
 * Finds out who answers for a name: walks up from it to the nearest zone, a name with both SOA and
 * NS records that the client may see, and remembers the topmost delegation on the way, a name with
 * NS records alone (RFC 1034, 4.3.2), or the topmost redirection, a DNAME record of a name above
 * (RFC 6672, 3.2): whichever is nearer to the zone's apex hides the other, and a delegation a
 * redirection of the same name. Belongs to one thread.
 */
final class ZoneSearch {
  private static final int DS = RecordType.DS.code();
  private static final int NOWHERE = -1;

  private final RecordCursor records;
  private int apex;
  private int cut;
  private int redirection;

  ZoneSearch(RecordCursor records) {
    this.records = records;
  }

  /**
   * Searches for a name. The cursor tells afterwards whether it met a damaged record.
   *
   * @param type a question for DS at a delegation is for the zone above (RFC 4035, 3.1.4.1)
   */
  void search(byte[] name, int nameLength, int type) {
    if (type == DS && name[0] != 0) {
      searchFrom(1 + name[0], name, nameLength);
      if (apex != NOWHERE) {
        return;
      }
    }
    searchFrom(0, name, nameLength);
  }

  private void searchFrom(int start, byte[] name, int nameLength) {
    apex = NOWHERE;
    cut = NOWHERE;
    redirection = NOWHERE;
    int topmostRedirection = NOWHERE;
    int label = start;
    while (true) {
      boolean nameServers = false;
      boolean authority = false;
      records.find(name, label, nameLength - label, false);
      while (records.next()) {
        authority |= records.type() == SOA;
        nameServers |= records.type() == NS;
        if (label > 0 && RecordData.isRedirection(records)) {
          topmostRedirection = label;
        }
      }
      if (nameServers && authority) {
        apex = label;
        settle(topmostRedirection);
        return;
      }
      if (nameServers) {
        cut = label;
      }
      if (name[label] == 0 || records.isDamaged()) {
        return;
      }
      label += 1 + name[label];
    }
  }

  private void settle(int topmostRedirection) {
    if (topmostRedirection > cut) {
      redirection = topmostRedirection;
      cut = NOWHERE;
    }
  }

  /** True if neither a zone nor a delegation of ours is at or above the name. */
  boolean isOutside() {
    return apex == NOWHERE && cut == NOWHERE;
  }

  /** Offset in the name of its zone's apex, unless {@link #isDelegated} or {@link #isOutside}. */
  int apex() {
    return apex;
  }

  /** True if the name is at or below a delegation. */
  boolean isDelegated() {
    return cut != NOWHERE;
  }

  /** Offset in the name of the topmost delegation, if {@link #isDelegated}. */
  int cut() {
    return cut;
  }

  /** True if a DNAME record leads all names below its owner, this one too, elsewhere. */
  boolean isRedirected() {
    return redirection != NOWHERE;
  }

  /** Offset in the name of that record's owner, if {@link #isRedirected}. */
  int redirection() {
    return redirection;
  }
}
