package djbdns.runtime;

import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.ResourceLimits.Resource;
import java.util.EnumMap;
import java.util.Map;

/**
 * The changes that the launcher, or Java after it, has made to the process for Java to run, which a
 * program that is started from here must find as it was. The launcher tells by system properties;
 * without it, nothing has been changed.
 */
public final class LauncherChanges {
  /** Soft limits that were raised, such as {@code DATA=300000,NPROC=20,}. */
  private static final String LIMITS = "djbdns.limits";

  /** The signals 1 to 31 that were ignored, bit 0 for signal 1: sigignore of proc(5). */
  private static final String IGNORED = "djbdns.ignored";

  private LauncherChanges() {}

  /** The soft limits as they were, where they have been raised. */
  public static Map<Resource, Long> softLimits() {
    return softLimits(System.getProperty(LIMITS, ""));
  }

  static Map<Resource, Long> softLimits(String text) {
    Map<Resource, Long> limits = new EnumMap<>(Resource.class);
    int start = 0;
    for (int end = text.indexOf(','); end >= 0; end = text.indexOf(',', start)) {
      int equals = text.indexOf('=', start);
      limits.put(
          Resource.valueOf(text.substring(start, equals)),
          Long.parseUnsignedLong(text, equals + 1, end, 10));
      start = end + 1;
    }
    return limits;
  }

  /** Ignores the signals again that were ignored; Java has its own use for some of them. */
  public static void ignoreSignals() throws PosixException {
    int ignored = Integer.getInteger(IGNORED, 0);
    if (ignored == 0) {
      return;
    }
    Processes processes = new Processes();
    for (int signal = 1; signal < Integer.SIZE; signal++) {
      if ((ignored >> (signal - 1) & 1) == 1) {
        processes.ignore(signal);
      }
    }
  }
}
