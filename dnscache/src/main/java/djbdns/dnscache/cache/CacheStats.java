package djbdns.dnscache.cache;

/**
 * The work and the content of a cache, in numbers.
 *
 * @param entries entries kept, expired ones that nobody has noticed among them
 * @param bytesUsed bytes of these entries
 * @param blockBytes bytes of the block: all that the cache ever takes
 * @param hits calls of {@link ShardedCache#find} that found something
 * @param misses calls of {@link ShardedCache#find} that found nothing
 * @param evictions entries thrown out before they expired
 * @param motionBytes bytes of all entries ever written: the original's "motion"
 */
public record CacheStats(
    long entries,
    long bytesUsed,
    long blockBytes,
    long hits,
    long misses,
    long evictions,
    long motionBytes) {
  /** Of an empty cache without memory. */
  static final CacheStats NONE = new CacheStats(0, 0, 0, 0, 0, 0, 0);

  CacheStats plus(CacheStats other) {
    return new CacheStats(
        entries + other.entries,
        bytesUsed + other.bytesUsed,
        blockBytes + other.blockBytes,
        hits + other.hits,
        misses + other.misses,
        evictions + other.evictions,
        motionBytes + other.motionBytes);
  }
}
