package djbdns.supervise.multilog;

/**
 * A log directory that is locked and ready to be written to.
 *
 * @param files its old files
 * @param directoryDescriptor of the directory
 * @param directory which it is
 * @param descriptor of {@code current}
 * @param current which file that is
 * @param sizeBytes of {@code current}
 */
record OpenLog(
    LogFiles files,
    int directoryDescriptor,
    Snapshot.Identity directory,
    int descriptor,
    Snapshot.Identity current,
    long sizeBytes) {}
