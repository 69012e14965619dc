package djbdns.posix;

/**
 * One file or directory and no other, whatever its name is. A copy has another identity, and so has
 * what is made after it was removed: file systems give an inode's number to the next file.
 *
 * @param device the file system: major number in the upper half, minor number in the lower
 * @param inode the file's number there
 * @param birthNs when it was made, in nanoseconds since 1970; 0 where the file system does not know
 */
public record FileIdentity(long device, long inode, long birthNs) {}
