package djbdns.tools;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The cache of 1.05 (cache.c): entries lie one behind the other in a block of memory, and those
 * before them at its end make room for the next one, the oldest first, used or not. Setting a key
 * again adds an entry; the old one stays until its turn.
 */
final class FifoCache {
  private static final int ENTRY_BYTES = 20;
  private static final int MAX_KEY_BYTES = 1000;
  private static final int MAX_DATA_BYTES = 1_000_000;
  private static final int LEAST_HASH_BYTES = 4;
  private static final int BYTES_PER_HASH_BYTE = 32;

  private record Entry(String key, String data) {
    int size() {
      return ENTRY_BYTES + key.length() + data.length();
    }
  }

  private final Deque<Entry> oldestFirst = new ArrayDeque<>();
  private final int start;
  private final int size;

  /** The offset of the next entry. */
  private int writer;

  /** The offset of the oldest entry; the end of the block if all entries are before the writer. */
  private int oldest;

  /** The end of the entries from the oldest one on. */
  private int oldestEnd;

  /** A cache in a block of so many bytes, its hash table included. */
  FifoCache(int size) {
    this.size = size;
    int hashBytes = LEAST_HASH_BYTES;
    while (hashBytes <= size / BYTES_PER_HASH_BYTE) {
      hashBytes *= 2;
    }
    start = hashBytes;
    writer = start;
    oldest = size;
    oldestEnd = size;
  }

  /** The data that the key was set to last, if they are still there. */
  Optional<String> get(String key) {
    Optional<String> data = Optional.empty();
    for (Entry entry : oldestFirst) {
      if (entry.key().equals(key)) {
        data = Optional.of(entry.data());
      }
    }
    return data;
  }

  /** Sets the data of a key. What the block has no room for costs it everything else. */
  void set(String key, String data) {
    Entry entry = new Entry(key, data);
    if (key.length() <= MAX_KEY_BYTES
        && data.length() <= MAX_DATA_BYTES
        && makeRoom(entry.size())) {
      oldestFirst.addLast(entry);
      writer += entry.size();
    }
  }

  private boolean makeRoom(int bytes) {
    while (writer + bytes > oldest) {
      if (oldest == oldestEnd) {
        if (writer == start) {
          return false;
        }
        oldestEnd = writer;
        oldest = start;
        writer = start;
      }
      oldest += oldestFirst.removeFirst().size();
      if (oldest == oldestEnd) {
        oldest = size;
        oldestEnd = size;
      }
    }
    return true;
  }
}
