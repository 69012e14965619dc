package djbdns.supervise.multilog;

import djbdns.posix.FileIdentity;

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
    FileIdentity directory,
    int descriptor,
    FileIdentity current,
    long sizeBytes) {}
