package djbdns.dnscache;

import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.Kind;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.log.CacheLog;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;

/**
 * Answers from the cache alone, following aliases there. Allocates nothing. Belongs to one thread.
 */
final class CachedAnswers {
  private static final int CNAME = RecordType.CNAME.code();

  private final ShardedCache cache;
  private final ResponseComposer composer;
  private final CacheLog log;
  private final CacheEntry entry = new CacheEntry();
  private final byte[] name = new byte[Limits.NAME_BYTES];
  private int nameLength;

  CachedAnswers(ShardedCache cache, ResponseComposer composer, CacheLog log) {
    this.cache = cache;
    this.composer = composer;
    this.log = log;
  }

  /** The name that the next question is about, in small letters; owned by this object. */
  byte[] setName(byte[] wire, int length) {
    copyName(wire, 0, length);
    return name;
  }

  private void copyName(byte[] wire, int offset, int length) {
    System.arraycopy(wire, offset, name, 0, length);
    NameBytes.lowerCase(name, 0, length);
    nameLength = length;
  }

  /**
   * Completes the response, which has its question, if the cache knows all of it.
   *
   * @return false if it does not; the response is unfinished then and nothing has been logged
   */
  boolean answer(int type, long unixSeconds) {
    int mark = log.mark();
    for (int aliases = 0; aliases <= ResolverLimits.ALIASES; aliases++) {
      if (!cache.find(name, nameLength, type, unixSeconds, entry)) {
        break;
      }
      long ttlSeconds = entry.ttlAt(unixSeconds);
      if (entry.kind() == Kind.RECORDS && entry.type() == CNAME && type != CNAME) {
        followAlias(ttlSeconds);
      } else if (entry.kind() == Kind.DELEGATION) {
        break;
      } else {
        complete(type, ttlSeconds);
        return true;
      }
    }
    log.rollBack(mark);
    return false;
  }

  private void followAlias(long ttlSeconds) {
    byte[] data = entry.data();
    int target = RecordData.start(0);
    log.cachedCname(name, data, target);
    composer.answer(name, CNAME, ttlSeconds, data, entry.dataLength());
    copyName(data, target, NameBytes.length(data, target));
  }

  private void complete(int type, long ttlSeconds) {
    switch (entry.kind()) {
      case RECORDS -> {
        log.cached(type, name);
        composer.answer(name, type, ttlSeconds, entry.data(), entry.dataLength());
        composer.end(Rcode.NOERROR);
      }
      case NODATA -> {
        log.cached(type, name);
        composer.denial(entry.data(), entry.dataLength(), ttlSeconds);
        composer.end(Rcode.NOERROR);
      }
      case NXDOMAIN -> {
        log.cachedNxdomain(name);
        composer.denial(entry.data(), entry.dataLength(), ttlSeconds);
        composer.end(Rcode.NXDOMAIN);
      }
      case FAILURE, DELEGATION -> {
        log.cached(type, name);
        composer.explainRather(Explanation.FAILED_BEFORE);
        composer.end(Rcode.SERVFAIL, ExtendedError.CACHED_ERROR, entry.extendedError());
      }
    }
  }
}
