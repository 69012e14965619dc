package djbdns.tinydns;

import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ListenAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A service directory of tinydns that may be there, and may have been started. */
final class RunningTinydns {
  private static final int MAX_VARIABLE_BYTES = 64 * 1024;
  private static final int ANY_PORT = 0;

  private final String directory;
  private final FileSystem files = new FileSystem();

  /**
   * A service directory.
   *
   * @param directory its path, with a character for each byte
   */
  RunningTinydns(String directory) {
    this.directory = directory;
  }

  /** True if a supervisor has been there, and it serves one of these addresses over TCP. */
  boolean sharesOneOf(List<InetSocketAddress> addresses) {
    return isSupervised()
        && !variable("TCP").equals(Optional.of("0"))
        && variable("IP").map(ip -> intersect(addresses, ip)).orElse(false);
  }

  /** True if it has a directory for its data. */
  boolean hasRoot() {
    return hasDirectory("root");
  }

  private boolean isSupervised() {
    return hasDirectory("supervise");
  }

  private boolean hasDirectory(String name) {
    try {
      return files.status(FileSystem.CURRENT, directory + "/" + name).isDirectory();
    } catch (PosixException e) {
      return false;
    }
  }

  /** As envdir sets it; empty if that cannot be known. */
  private Optional<String> variable(String name) {
    try {
      String file = directory + "/env/" + name;
      if (!files.status(FileSystem.CURRENT, file).isRegular()) {
        return Optional.empty();
      }
      byte[] bytes = files.read(FileSystem.CURRENT, file, MAX_VARIABLE_BYTES);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return Optional.of(text.split("\n", 2)[0].stripTrailing());
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  private static boolean intersect(List<InetSocketAddress> ours, String theirs) {
    try {
      for (InetSocketAddress their : ListenAddresses.parse(theirs, ANY_PORT)) {
        for (InetSocketAddress our : ours) {
          if (isSame(our.getAddress(), their.getAddress())) {
            return true;
          }
        }
      }
      return false;
    } catch (IllegalArgumentException e) {
      // A tinydns that cannot start.
      return false;
    }
  }

  private static boolean isSame(InetAddress one, InetAddress other) {
    return one.equals(other) || one.isAnyLocalAddress() || other.isAnyLocalAddress();
  }
}
