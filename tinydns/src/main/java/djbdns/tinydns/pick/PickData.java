package djbdns.tinydns.pick;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import djbdns.tinydns.lookup.NameSet;
import djbdns.wire.Limits;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A loaded {@code data.cdb} of pickdns, and which names have names below them. Immutable; any
 * number of threads may read it until {@link #close}.
 */
public final class PickData implements AutoCloseable {
  /** Plus sign and location. */
  static final int NAME_START = 3;

  private final Cdb cdb;
  private final NameSet parents;

  private PickData(Cdb cdb, NameSet parents) {
    this.cdb = cdb;
    this.parents = parents;
  }

  /**
   * Reads and checks a file.
   *
   * @param hashKey random bits, so that nobody can choose names that collide
   * @throws CdbException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static PickData load(Path file, long hashKey) throws IOException {
    return of(Cdb.load(file), hashKey);
  }

  /**
   * Checks a database, which belongs to the result.
   *
   * @throws CdbException if it is damaged, and then it is closed
   */
  public static PickData of(Cdb cdb, long hashKey) throws CdbException {
    NameSet parents = new NameSet(hashKey);
    byte[] name = new byte[Limits.NAME_BYTES];
    try {
      cdb.forEach((key, keyLength, _) -> {
        if (keyLength > NAME_START && cdb.byteAt(key) == '+') {
          int length = keyLength - NAME_START;
          if (length > name.length) {
            throw new CdbException("key at " + key + " is too long");
          }
          cdb.copy(key + NAME_START, name, 0, length);
          addParents(parents, name, length);
        }
      });
      return new PickData(cdb, parents);
    } catch (Throwable e) {
      parents.close();
      cdb.close();
      throw e;
    }
  }

  /** All names above this one but the root; none from where it is no name. */
  private static void addParents(NameSet parents, byte[] name, int length) {
    int start = 1 + name[0];
    while (start > 0 && start < length - 1 && parents.add(name, start, length - start)) {
      start += 1 + name[start];
    }
  }

  Cdb cdb() {
    return cdb;
  }

  /** True if there are names below this one, for whichever client. */
  boolean hasNamesBelow(byte[] name, int length) {
    return parents.contains(name, 0, length);
  }

  /** Gives the memory back. No thread may be reading. */
  @Override
  public void close() {
    parents.close();
    cdb.close();
  }
}
