package djbdns.supervise.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * An environment that can be changed, with the order of the original: the last entry takes the
 * place of one that is removed, and a variable that is set comes last. Source: pathexec_env.c. For
 * use by one thread.
 */
final class Environment {
  private final List<String> entries;

  /**
   * @param entries {@code NAME=value}; may hold a name twice
   */
  Environment(List<String> entries) {
    this.entries = new ArrayList<>(entries);
  }

  /** Sets a variable. */
  void set(String name, String value) {
    change(name + "=" + value);
  }

  /** Removes a variable; one whose name has an equals sign is set instead, as in the original. */
  void unset(String name) {
    change(name);
  }

  private void change(String entry) {
    int equals = entry.indexOf('=');
    removeFirst(equals < 0 ? entry : entry.substring(0, equals));
    if (equals >= 0) {
      entries.add(entry);
    }
  }

  private void removeFirst(String name) {
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i);
      if (entry.startsWith(name) && entry.startsWith("=", name.length())) {
        String last = entries.removeLast();
        if (i < entries.size()) {
          entries.set(i, last);
        }
        return;
      }
    }
  }

  List<String> entries() {
    return List.copyOf(entries);
  }
}
