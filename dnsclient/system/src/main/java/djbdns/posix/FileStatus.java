package djbdns.posix;

/**
 * The status of a file: statx(2).
 *
 * @param mode type and permissions, as in inode(7)
 */
public record FileStatus(FileIdentity identity, int mode, long links, long sizeBytes) {
  private static final int TYPE_MASK = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int FIFO = 0010000;
  private static final int REGULAR = 0100000;
  private static final int SOCKET = 0140000;
  private static final int OWNER_EXECUTE = 0100;

  public boolean isDirectory() {
    return (mode & TYPE_MASK) == DIRECTORY;
  }

  public boolean isFifo() {
    return (mode & TYPE_MASK) == FIFO;
  }

  public boolean isSocket() {
    return (mode & TYPE_MASK) == SOCKET;
  }

  public boolean isRegular() {
    return (mode & TYPE_MASK) == REGULAR;
  }

  /** True if the permission bit u+x is set. */
  public boolean isOwnerExecutable() {
    return (mode & OWNER_EXECUTE) != 0;
  }

  public long inode() {
    return identity.inode();
  }

  /**
   * True if both are the same file, whatever its name. Both must exist. An overlay file system
   * changes the time of birth when it copies a directory, so that does not count here.
   */
  public boolean isSameFile(FileStatus other) {
    return identity.device() == other.identity.device() && inode() == other.inode();
  }
}
