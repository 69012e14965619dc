package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Descriptors to wait for until one of them can be read: poll(2). For use by one thread. */
public final class PollSet {
  private static final int ENTRY_BYTES = 8;
  private static final int EVENTS_OFFSET = 4;
  private static final int RESULT_OFFSET = 6;
  private static final short READABLE = 1;
  private static final short WRITABLE = 4;

  private final short events;

  private final NativeFunction poll = NativeFunction.ofInt("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private int[] descriptors = new int[16];
  private MemorySegment entries = allocate();
  private int count;

  /** An empty set of descriptors to be read from. */
  public PollSet() {
    this(READABLE);
  }

  private PollSet(short events) {
    this.events = events;
  }

  /** An empty set of descriptors to be written to. */
  public static PollSet forWriting() {
    return new PollSet(WRITABLE);
  }

  private MemorySegment allocate() {
    return Arena.ofAuto().allocate((long) descriptors.length * ENTRY_BYTES, ENTRY_BYTES);
  }

  /** Adds a descriptor that is not in the set. */
  public void add(int descriptor) {
    if (count == descriptors.length) {
      descriptors = Arrays.copyOf(descriptors, 2 * count);
      entries = allocate();
    }
    descriptors[count] = descriptor;
    count++;
  }

  /** Removes a descriptor that is in the set. */
  public void remove(int descriptor) {
    for (int i = 0; i < count; i++) {
      if (descriptors[i] == descriptor) {
        count--;
        descriptors[i] = descriptors[count];
        return;
      }
    }
    throw new IllegalArgumentException("descriptor " + descriptor + " is not in the set");
  }

  /**
   * Waits until a descriptor can be read or written, has come to its end, or the time is over.
   *
   * @param timeoutMs -1 to wait as long as it takes
   * @return the descriptors that can be used; none after the time is over or a signal
   */
  public List<Integer> await(int timeoutMs) throws PosixException {
    for (int i = 0; i < count; i++) {
      long at = (long) i * ENTRY_BYTES;
      entries.set(JAVA_INT, at, descriptors[i]);
      entries.set(JAVA_SHORT, at + EVENTS_OFFSET, events);
      entries.set(JAVA_SHORT, at + RESULT_OFFSET, (short) 0);
    }
    long size = count;
    int ready;
    try {
      ready =
          (int)
              poll.callOnce(
                  (handle, errno, _) -> (int) handle.invokeExact(errno, entries, size, timeoutMs));
    } catch (PosixException e) {
      if (e.is(Errno.EINTR)) {
        return List.of();
      }
      throw e;
    }
    List<Integer> found = new ArrayList<>(ready);
    for (int i = 0; i < count && found.size() < ready; i++) {
      if (entries.get(JAVA_SHORT, (long) i * ENTRY_BYTES + RESULT_OFFSET) != 0) {
        found.add(descriptors[i]);
      }
    }
    return found;
  }
}
