package djbdns.supervise.status;

/**
 * A directory for certain: its name may be another's by now, and a copy has the same files in it.
 *
 * @param device the file system, as statx(2) numbers it
 * @param inode the directory's number there
 */
public record DirectoryIdentity(long device, long inode) {}
