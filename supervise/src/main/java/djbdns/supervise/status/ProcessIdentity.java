package djbdns.supervise.status;

/**
 * A process for certain: its pid alone may be another's by now.
 *
 * @param startTicks when it started, in clock ticks since the system did: field 22 of
 *     /proc/PID/stat
 */
public record ProcessIdentity(int pid, long startTicks) {}
