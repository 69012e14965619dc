package djbdns.dnscache.cache;

/** Sees entries with their place in the queues. */
@FunctionalInterface
interface EntryVisitor {
  /**
   * Sees an entry. All arguments are the caller's, and good only during the call.
   *
   * @param name in wire form, in small letters
   * @param inMain whether the entry is in the main ring
   * @param uses 0 to {@link Entries#MAX_USES}
   */
  void entry(byte[] name, int nameLength, CacheEntry entry, boolean inMain, int uses);
}
