package djbdns.runtime;

import djbdns.posix.Posix;
import djbdns.posix.PosixException;
import djbdns.seccomp.Machine;
import djbdns.seccomp.SystemCallFilter;
import java.io.IOException;
import java.util.Optional;

/**
 * Takes from all threads, and from all that they will start, what a daemon needs to start only:
 * no_new_privs, and the {@link SystemCallFilter} unless {@code $SECCOMP} is 0.
 */
final class Confinement {
  private final Program program;
  private final boolean filtering;
  private final Posix posix = new Posix();

  /**
   * Reads the environment.
   *
   * @throws Fatal {@code unable to parse $SECCOMP: X}
   */
  Confinement(Program program, ServiceEnvironment environment) {
    this.program = program;
    filtering = environment.isOn("SECCOMP", true);
  }

  /**
   * Gives up every right that serving does not need.
   *
   * @throws Fatal if the kernel has the means and they fail
   */
  void run() {
    try {
      posix.renounceNewPrivileges();
    } catch (IOException e) {
      throw program.fatal("unable to set no_new_privs", e);
    }
    try {
      Optional<Machine> machine = usableMachine();
      if (machine.isPresent()) {
        posix.filterSystemCalls(machine.get().seccompNumber(), filter(machine.get()).toBytes());
      } else {
        warn("this system has none");
      }
    } catch (PosixException e) {
      if (filtering) {
        throw program.fatal("unable to set system call filter", e);
      }
      warn(ErrorText.of(e));
    }
  }

  private Optional<Machine> usableMachine() throws PosixException {
    Optional<Machine> machine = Machine.of(System.getProperty("os.arch"));
    return machine.isPresent() && posix.hasSystemCallFilters(machine.get().seccompNumber())
        ? machine
        : Optional.empty();
  }

  /** An empty filter is how no_new_privs comes to threads that exist already. */
  private SystemCallFilter filter(Machine machine) {
    return filtering
        ? SystemCallFilter.forDaemon(machine, (int) ProcessHandle.current().pid())
        : SystemCallFilter.allowingEverything();
  }

  private void warn(String why) {
    program.warn("running without a system call filter: " + why);
  }
}
