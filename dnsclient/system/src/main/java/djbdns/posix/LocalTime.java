package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A time as the clocks on the wall show it, by libc's rules for {@code $TZ}, of which Java's knows
 * only a part.
 *
 * @param month 1 to 12
 * @param second 0 to 60
 */
public record LocalTime(int year, int month, int day, int hour, int minute, int second) {
  private static final int STRUCT_TM_BYTES = 56;
  private static final int YEAR_BASE = 1900;

  /** Converts times: localtime_r(3). For use by one thread. */
  public static final class Converter {
    private final NativeFunction localtime = NativeFunction.ofLong("localtime_r", ADDRESS, ADDRESS);

    /**
     * The local time of a second since 1970.
     *
     * @return nothing if the year does not fit into an int
     */
    public Optional<LocalTime> of(long unixSeconds) throws PosixException {
      int[] fields = new int[6];
      long address =
          localtime.call((handle, errno, arena) -> {
            MemorySegment time = arena.allocate(STRUCT_TM_BYTES, Long.BYTES);
            long result =
                (long) handle.invokeExact(errno, arena.allocateFrom(JAVA_LONG, unixSeconds), time);
            for (int i = 0; i < fields.length; i++) {
              fields[i] = time.getAtIndex(JAVA_INT, i);
            }
            return result;
          });
      if (address == 0) {
        return Optional.empty();
      }
      return Optional.of(
          new LocalTime(
              YEAR_BASE + fields[5], 1 + fields[4], fields[3], fields[2], fields[1], fields[0]));
    }
  }
}
