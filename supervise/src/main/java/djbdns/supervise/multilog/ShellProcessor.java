package djbdns.supervise.multilog;

import djbdns.posix.Descriptors;
import djbdns.posix.ExitStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.Spawn;
import djbdns.posix.Spawn.Handover;
import java.util.ArrayList;
import java.util.List;

/** Starts processors by the shell. For use by one thread. */
final class ShellProcessor implements Processor {
  private static final int READ = FileSystem.READ | FileSystem.NONBLOCKING;
  private static final int RENEW =
      FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.TRUNCATE | FileSystem.CREATE;
  private static final int NEW_FILE_MODE = 0644;

  /** The highest descriptor that the program gets. */
  private static final int LAST = 5;

  private final FileSystem files = new FileSystem();
  private final Processes processes = new Processes();
  private final Descriptors descriptors;
  private final List<String> environment;

  /**
   * @param environment {@code NAME=value}, a character for each byte
   */
  ShellProcessor(Descriptors descriptors, List<String> environment) {
    this.descriptors = descriptors;
    this.environment = List.copyOf(environment);
  }

  @Override
  public int start(int directory, String command) throws PosixException {
    List<Integer> opened = new ArrayList<>();
    try {
      List<Handover> handovers =
          List.of(
              new Handover(open(opened, directory, "previous", READ), 0),
              new Handover(open(opened, directory, "processed", RENEW), 1),
              new Handover(open(opened, directory, "state", READ), 4),
              new Handover(open(opened, directory, "newstate", RENEW), LAST));
      List<String> words = List.of("sh", "-c", command);
      return processes.spawn(new Spawn(directory, "/bin/sh", words, environment, handovers, false));
    } finally {
      for (int descriptor : opened) {
        descriptors.close(descriptor);
      }
    }
  }

  /** Opens a file under a number above those that the program gets. */
  private int open(List<Integer> opened, int directory, String name, int flags)
      throws PosixException {
    int descriptor = files.open(directory, name, flags, NEW_FILE_MODE);
    opened.add(descriptor);
    while (descriptor <= LAST) {
      descriptor = descriptors.duplicate(descriptor);
      opened.add(descriptor);
    }
    return descriptor;
  }

  @Override
  public ExitStatus await(int pid) throws PosixException {
    return processes.await(pid);
  }
}
