package djbdns.conf;

import djbdns.posix.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of a service directory, in the order in which it is made; nothing is made here. The
 * modes are those of the original's programs.
 */
public final class ServiceTree {
  private static final int DIRECTORY_MODE = 02755;
  private static final int FILE_MODE = 0644;
  private static final int SCRIPT_MODE = 0755;
  private static final int SECRET_MODE = 0600;

  private final List<TreeEntry> entries = new ArrayList<>();

  /** Adds a directory. */
  public ServiceTree directory(String path) {
    return add(new TreeEntry.Directory(path, DIRECTORY_MODE, Optional.empty()));
  }

  /** Adds a file that everybody may read. */
  public ServiceTree file(String path, String text) {
    return add(new TreeEntry.File(path, FILE_MODE, Optional.empty(), text));
  }

  /** Adds a program for sh(1), without its first line. */
  public ServiceTree script(String path, String commands) {
    return add(new TreeEntry.File(path, SCRIPT_MODE, Optional.empty(), "#!/bin/sh\n" + commands));
  }

  /** Adds a file that only the caller may read. */
  public ServiceTree secret(String path, String text) {
    return add(new TreeEntry.File(path, SECRET_MODE, Optional.empty(), text));
  }

  /** Adds {@code log}: a multilog that runs as {@code account}, whose system entry is given. */
  ServiceTree log(String account, Account owner) {
    return directory("log")
        .add(new TreeEntry.Directory("log/main", DIRECTORY_MODE, Optional.of(owner)))
        .add(new TreeEntry.File("log/status", FILE_MODE, Optional.of(owner), ""))
        .script("log/run", "exec setuidgid " + account + " multilog t ./main\n");
  }

  /** Adds a variable to the environment of the service. */
  public ServiceTree variable(String name, String value) {
    return file("env/" + name, value + "\n");
  }

  private ServiceTree add(TreeEntry entry) {
    entries.add(entry);
    return this;
  }

  List<TreeEntry> entries() {
    return List.copyOf(entries);
  }
}
