package djbdns.supervise.status;

/**
 * The identity of a process, which no other process has: a pid alone is reused.
 *
 * @param startTicks its start, in clock ticks since the start of the system: field 22 of
 *     /proc/PID/stat
 */
public record ProcessIdentity(int pid, long startTicks) {}
