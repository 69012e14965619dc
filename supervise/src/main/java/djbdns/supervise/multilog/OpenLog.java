package djbdns.supervise.multilog;

import djbdns.posix.FileIdentity;

/**
 * A log directory that is locked and ready to be written to.
 *
 * @param files its old files
 * @param directoryDescriptor of the directory
 * @param directory the identity of the directory
 * @param descriptor of {@code current}
 * @param current the identity of that file
 * @param sizeBytes of {@code current}
 */
record OpenLog(
    LogFiles files,
    int directoryDescriptor,
    FileIdentity directory,
    int descriptor,
    FileIdentity current,
    long sizeBytes) {}
