package djbdns.tinydns.lookup;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import djbdns.wire.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded {@code data.cdb} and what the file does not say outright: which names have names below
 * them, and so exist though they may have no records (RFC 8020), whether any line sets a location,
 * and how long the IPv6 prefixes of locations are. Immutable; any number of threads may read it
 * until {@link #close}.
 */
public final class ZoneData implements AutoCloseable {
  private final Cdb cdb;
  private final NameSet parents;
  private final boolean hasLocations;
  private final Ipv6Lengths ipv6Lengths;
  private final long records;

  /** The number of users that have not closed the data. */
  private final AtomicInteger users = new AtomicInteger(1);

  private ZoneData(Cdb cdb, Census census) {
    this.cdb = cdb;
    parents = census.parents;
    hasLocations = census.hasLocations;
    ipv6Lengths = census.ipv6Lengths;
    records = census.records;
  }

  /**
   * Reads and checks a file.
   *
   * @param hashKey random bits, so that nobody can choose names that collide
   * @throws CdbException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static ZoneData load(Path file, long hashKey) throws IOException {
    return of(Cdb.load(file), hashKey);
  }

  /**
   * Checks a database, which belongs to the result.
   *
   * @throws CdbException if it is damaged, and then it is closed
   */
  public static ZoneData of(Cdb cdb, long hashKey) throws CdbException {
    try {
      return new ZoneData(cdb, Census.of(cdb, hashKey));
    } catch (Throwable e) {
      cdb.close();
      throw e;
    }
  }

  /** Goes through all records once. */
  private static final class Census implements Cdb.Visitor {
    private final Cdb cdb;
    private final NameSet parents;
    private final byte[] key = new byte[Limits.NAME_BYTES];
    private final Ipv6Lengths ipv6Lengths = new Ipv6Lengths();
    private boolean hasLocations;
    private long records;

    private Census(Cdb cdb, long hashKey) {
      this.cdb = cdb;
      parents = new NameSet(hashKey);
    }

    static Census of(Cdb cdb, long hashKey) throws CdbException {
      Census census = new Census(cdb, hashKey);
      try {
        cdb.forEach(census);
        return census;
      } catch (Throwable e) {
        census.parents.close();
        throw e;
      }
    }

    @Override
    public void record(long keyPosition, int keyLength, int dataLength) throws CdbException {
      records++;
      if (isLocation(cdb, keyPosition, keyLength)) {
        hasLocations = true;
        if (keyLength == ClientLocation.IPV6_KEY_BYTES) {
          ipv6Lengths.add(cdb.byteAt(keyPosition + keyLength - 1) & 0xff);
        }
        return;
      }
      if (keyLength > key.length) {
        throw new CdbException("key at " + keyPosition + " is not a name");
      }
      cdb.copy(keyPosition, key, 0, keyLength);
      if (!isName(keyLength)) {
        throw new CdbException("key at " + keyPosition + " is not a name");
      }
      // A wildcard's key is the name that it stands below.
      int marker = dataLength > 2 ? cdb.byteAt(keyPosition + keyLength + 2) : 0;
      boolean wildcard = marker == '*' || marker == '*' + 1;
      int start = wildcard ? 0 : next(0);
      // Once a name is known to be a parent, so are all above it.
      while (start < keyLength && parents.add(key, start, keyLength - start)) {
        start = next(start);
      }
    }

    private int next(int label) {
      return key[label] == 0 ? label + 1 : label + 1 + key[label];
    }

    private boolean isName(int length) {
      int position = 0;
      while (position < length && key[position] > 0 && key[position] <= Limits.LABEL_BYTES) {
        position += 1 + key[position];
      }
      return position == length - 1 && key[position] == 0;
    }
  }

  /** True if a record's key says that the record is a location; other keys are names. */
  static boolean isLocation(Cdb cdb, long key, int keyLength) {
    return keyLength > 1 && cdb.byteAt(key) == 0;
  }

  Cdb cdb() {
    return cdb;
  }

  /** True if names exist below this one, to whichever client and whenever. */
  boolean hasNamesBelow(byte[] name, int offset, int length) {
    return parents.contains(name, offset, length);
  }

  /** True if any client has a location. */
  boolean hasLocations() {
    return hasLocations;
  }

  /** Lengths of the IPv6 prefixes that have a location. */
  Ipv6Lengths ipv6Lengths() {
    return ipv6Lengths;
  }

  /** Records in the file, locations included. */
  public long recordCount() {
    return records;
  }

  /** Keeps the data open until one more {@link #close}, for who goes on reading an old version. */
  public ZoneData retain() {
    users.incrementAndGet();
    return this;
  }

  /** Gives the memory back, unless somebody has retained it. The caller may not be reading. */
  @Override
  public void close() {
    if (users.decrementAndGet() == 0) {
      parents.close();
      cdb.close();
    }
  }
}
