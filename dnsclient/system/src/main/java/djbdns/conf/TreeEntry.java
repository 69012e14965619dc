package djbdns.conf;

import djbdns.posix.Account;
import java.util.Optional;

/** A directory or file of a {@link ServiceTree}. */
sealed interface TreeEntry {
  /** Its place below the service directory, such as {@code log/main}. */
  String path();

  /** Permissions, set-group-id and sticky bits, as chmod(2) takes them. */
  int mode();

  /** Whose it is; nobody's but the caller's if empty. */
  Optional<Account> owner();

  /** A directory. */
  record Directory(String path, int mode, Optional<Account> owner) implements TreeEntry {}

  /** A file with its text. */
  record File(String path, int mode, Optional<Account> owner, String text) implements TreeEntry {}
}
