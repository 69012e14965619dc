package djbdns.runtime;

import djbdns.posix.RegularFile;
import java.io.IOException;
import java.nio.file.FileSystems;

/**
 * Loads what the JVM would otherwise look for when it is first needed, in files that nobody finds
 * behind a chroot.
 */
final class Preload {
  private Preload() {}

  /** Loads it; what cannot be had now will be missed, and reported, by whoever needs it. */
  static void run() throws IOException {
    openClassPath();
    RegularFile.prepare();
    // libnio.so, for the watch for new data.
    FileSystems.getDefault().newWatchService().close();
  }

  /**
   * Looks for a class that does not exist: the class loader then opens every jar, and classes that
   * are first needed behind the chroot are still found in the open files.
   */
  private static void openClassPath() {
    try {
      Class.forName("djbdns.NoSuchClass");
      throw new IllegalStateException("djbdns.NoSuchClass exists");
    } catch (ClassNotFoundException expected) {
      return;
    }
  }
}
