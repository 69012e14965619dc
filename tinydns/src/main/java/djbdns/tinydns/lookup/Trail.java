package djbdns.tinydns.lookup;

import djbdns.wire.Limits;
import djbdns.wire.NameBytes;

/**
 * The names that a chain of aliases has led through, and which of them a DNAME record redirected:
 * an answer has the records of each name, and each DNAME record, once. Belongs to one thread.
 *
 * <p>Invariant: {@code count <= MAX_NAMES}.
 */
final class Trail {
  /** Stands for no redirection. */
  static final int NO_REDIRECTION = -1;

  /**
   * Most names in a chain; longer ones end there. DNAME records that make names longer and longer
   * never lead back, and would go on until they are too long.
   */
  private static final int MAX_NAMES = 17;

  private final byte[][] names = new byte[MAX_NAMES][Limits.NAME_BYTES];
  private final int[] lengths = new int[MAX_NAMES];
  private final int[] redirections = new int[MAX_NAMES];
  private int count;

  /** Forgets all names: a new answer begins. */
  void clear() {
    count = 0;
  }

  /**
   * Adds a name whose alias is in the answer.
   *
   * @param redirection offset in the name of the owner of the DNAME record that has made the alias,
   *     or {@link #NO_REDIRECTION}
   */
  void add(byte[] name, int length, int redirection) {
    System.arraycopy(name, 0, names[count], 0, length);
    lengths[count] = length;
    redirections[count] = redirection;
    count++;
  }

  /** True if there is no room for another name. */
  boolean isFull() {
    return count == MAX_NAMES;
  }

  /** True if the chain has led through a name. */
  boolean hasName(byte[] name, int length) {
    for (int i = 0; i < count; i++) {
      if (isEqual(i, 0, name, 0, length)) {
        return true;
      }
    }
    return false;
  }

  /** True if the DNAME record of an owner has redirected a name of the chain. */
  boolean hasRedirection(byte[] name, int owner, int ownerLength) {
    for (int i = 0; i < count; i++) {
      if (redirections[i] != NO_REDIRECTION
          && isEqual(i, redirections[i], name, owner, ownerLength)) {
        return true;
      }
    }
    return false;
  }

  private boolean isEqual(int index, int start, byte[] name, int offset, int length) {
    return lengths[index] - start == length
        && NameBytes.equalIgnoreCase(names[index], start, name, offset, length);
  }
}
