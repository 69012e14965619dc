package djbdns.conf;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Makes a service directory, whole or not at all: under another name beside the one that it gets in
 * the end, a name that svscan skips, with every file on the disk before that. What was made
 * disappears if anything goes wrong; only whoever kills this process leaves the hidden directory
 * behind. Neither the umask nor anything that exists already has an influence. For one use.
 */
final class TreeMaker {
  private static final int DIRECTORY_MODE = 03755;
  private static final int PRIVATE_DIRECTORY = 0700;
  private static final int PRIVATE_FILE = 0600;
  private static final int MAX_HIDDEN_NAMES = 100;

  private final Program program;
  private final String directory;
  private final String parentPath;
  private final String name;
  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors = new Descriptors();

  /** The files made below the hidden directory, the last first. */
  private final Deque<TreeEntry> made = new ArrayDeque<>();

  /**
   * A maker of one directory.
   *
   * @param directory its path from the root, as given and as messages call it
   */
  TreeMaker(Program program, String directory) {
    this.program = program;
    this.directory = directory;
    int end = directory.length();
    while (end > 1 && directory.charAt(end - 1) == '/') {
      end--;
    }
    int slash = directory.lastIndexOf('/', end - 1);
    parentPath = directory.substring(0, slash + 1);
    name = directory.substring(slash + 1, end);
  }

  /**
   * Makes the directory with these entries.
   *
   * @throws Fatal in the original's words, such as {@code unable to create X/log/main: permission
   *     denied}
   */
  void make(List<TreeEntry> entries) throws PosixException {
    int parent = openParent();
    try {
      String hidden = makeHidden(parent);
      boolean complete = false;
      try {
        fill(parent, hidden, entries);
        publish(parent, hidden);
        complete = true;
      } finally {
        if (!complete) {
          remove(parent, hidden);
        }
      }
    } finally {
      descriptors.close(parent);
    }
    synchronizeParent();
  }

  private Fatal notCreated(PosixException cause) {
    return program.fatal("unable to create " + directory, cause);
  }

  /** Finds out first what mkdir(2) would say about the name, which another name does not meet. */
  private int openParent() {
    try {
      files.linkStatus(FileSystem.CURRENT, name.isEmpty() ? "/" : parentPath + name);
      throw notCreated(new PosixException("mkdirat", Errno.EEXIST));
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        throw notCreated(e);
      }
    }
    try {
      return files.openDirectory(FileSystem.CURRENT, parentPath);
    } catch (PosixException e) {
      throw notCreated(e);
    }
  }

  private String makeHidden(int parent) {
    String base = ".djbdns-conf-" + ProcessHandle.current().pid();
    for (int i = 0; ; i++) {
      String hidden = i == 0 ? base : base + "-" + i;
      try {
        files.makeDirectory(parent, hidden, PRIVATE_DIRECTORY);
        return hidden;
      } catch (PosixException e) {
        // A process of the same number was killed here once.
        if (!e.is(Errno.EEXIST) || i == MAX_HIDDEN_NAMES) {
          throw notCreated(e);
        }
      }
    }
  }

  private void fill(int parent, String hidden, List<TreeEntry> entries) throws PosixException {
    try {
      files.changeMode(parent, hidden, DIRECTORY_MODE);
    } catch (PosixException e) {
      throw program.fatal("unable to set mode of " + directory, e);
    }
    int root;
    try {
      root = files.openDirectory(parent, hidden);
    } catch (PosixException e) {
      throw program.fatal("unable to switch to " + directory, e);
    }
    try {
      for (TreeEntry entry : entries) {
        try {
          make(root, entry);
        } catch (PosixException e) {
          throw program.fatal("unable to create " + directory + "/" + entry.path(), e);
        }
      }
      synchronizeDirectories(root, entries);
    } finally {
      descriptors.close(root);
    }
  }

  private void make(int root, TreeEntry entry) throws PosixException {
    switch (entry) {
      case TreeEntry.Directory(String path, _, _) -> {
        files.makeDirectory(root, path, PRIVATE_DIRECTORY);
        made.push(entry);
      }
      case TreeEntry.File(String path, _, _, String text) -> {
        int flags = FileSystem.WRITE | FileSystem.CREATE | FileSystem.EXCLUSIVE;
        int file = files.open(root, path, flags, PRIVATE_FILE);
        made.push(entry);
        try {
          write(file, text.getBytes(StandardCharsets.ISO_8859_1));
          descriptors.synchronize(file);
        } finally {
          descriptors.close(file);
        }
      }
    }
    // The owner first: a new one may cost the set-group-id bit.
    if (entry.owner().isPresent()) {
      files.changeOwner(root, entry.path(), entry.owner().get());
    }
    files.changeMode(root, entry.path(), entry.mode());
  }

  private void write(int file, byte[] bytes) throws PosixException {
    for (int written = 0; written < bytes.length; ) {
      byte[] rest = Arrays.copyOfRange(bytes, written, bytes.length);
      written += descriptors.write(file, rest);
    }
  }

  private void synchronizeDirectories(int root, List<TreeEntry> entries) {
    try {
      for (TreeEntry entry : entries) {
        if (entry instanceof TreeEntry.Directory(String path, _, _)) {
          synchronize(root, path);
        }
      }
      synchronize(root, ".");
    } catch (PosixException e) {
      throw notCreated(e);
    }
  }

  private void synchronize(int root, String path) throws PosixException {
    int open = files.open(root, path, FileSystem.READ);
    try {
      descriptors.synchronize(open);
    } catch (PosixException e) {
      // Not every file system knows this for directories.
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
    } finally {
      descriptors.close(open);
    }
  }

  private void publish(int parent, String hidden) {
    try {
      files.renameToUnused(parent, hidden, name);
    } catch (PosixException e) {
      if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOSYS)) {
        throw notCreated(e);
      }
      publishOverEmpty(parent, hidden);
    }
  }

  /** For file systems that cannot spare an existing file: takes the name first, then replaces. */
  private void publishOverEmpty(int parent, String hidden) {
    try {
      files.makeDirectory(parent, name, PRIVATE_DIRECTORY);
    } catch (PosixException e) {
      throw notCreated(e);
    }
    try {
      files.rename(parent, hidden, name);
    } catch (PosixException e) {
      removing(parentPath + name, () -> files.removeDirectory(parent, name));
      throw notCreated(e);
    }
  }

  private void remove(int parent, String hidden) {
    for (TreeEntry entry : made) {
      String path = hidden + "/" + entry.path();
      removing(
          parentPath + path,
          () -> {
            switch (entry) {
              case TreeEntry.Directory _ -> files.removeDirectory(parent, path);
              case TreeEntry.File _ -> files.unlink(parent, path);
            }
          });
    }
    removing(parentPath + hidden, () -> files.removeDirectory(parent, hidden));
  }

  @FunctionalInterface
  private interface Removal {
    void run() throws PosixException;
  }

  private void removing(String what, Removal removal) {
    try {
      removal.run();
    } catch (PosixException e) {
      program.warn("unable to remove " + what, e);
    }
  }

  /** The directory is in its place, so that this is no reason to fail. */
  private void synchronizeParent() {
    try {
      synchronize(FileSystem.CURRENT, parentPath);
    } catch (PosixException e) {
      program.warn("unable to sync " + parentPath, e);
    }
  }
}
