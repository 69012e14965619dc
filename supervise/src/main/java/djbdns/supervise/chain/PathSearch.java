package djbdns.supervise.chain;

import djbdns.posix.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The search for a program in {@code $PATH}: the candidates, the errors that end the search, and
 * the error that is reported. Source: pathexec_run.c. For use by one thread.
 */
final class PathSearch implements IntPredicate {
  private static final String PATH = "PATH=";
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private final List<String> candidates;
  private int error = Errno.ENOENT;

  /**
   * @param program a name with a slash is a path and not searched for
   * @param environment of the process that searches, not of the program
   */
  PathSearch(String program, List<String> environment) {
    candidates =
        program.indexOf('/') >= 0 ? List.of(program) : candidates(program, path(environment));
  }

  private static String path(List<String> environment) {
    for (String entry : environment) {
      if (entry.startsWith(PATH)) {
        return entry.substring(PATH.length());
      }
    }
    return DEFAULT_PATH;
  }

  private static List<String> candidates(String program, String path) {
    List<String> candidates = new ArrayList<>();
    int start = 0;
    while (true) {
      int colon = path.indexOf(':', start);
      int end = colon < 0 ? path.length() : colon;
      // An empty element is the working directory.
      candidates.add((start == end ? "." : path.substring(start, end)) + "/" + program);
      if (colon < 0) {
        return candidates;
      }
      start = colon + 1;
    }
  }

  /** The paths at which the program may be, in order. */
  List<String> candidates() {
    return candidates;
  }

  /**
   * True if the search goes on with the next candidate after an error of one. The error of a
   * missing program is not kept.
   */
  @Override
  public boolean test(int errno) {
    if (errno != Errno.ENOENT) {
      error = errno;
    }
    return switch (errno) {
      case Errno.ENOENT, Errno.EACCES, Errno.EPERM, Errno.EISDIR -> true;
      default -> false;
    };
  }

  /** The reason why the program was not found: the last error other than that it is missing. */
  int error() {
    return error;
  }
}
