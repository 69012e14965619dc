package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.Program;
import djbdns.supervise.calls.PosixProcessCalls;
import djbdns.supervise.calls.PosixSystemCalls;
import djbdns.supervise.calls.ProcessCalls;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.tai.Tai64n;
import java.io.IOException;
import java.util.List;

/** The operating system and the event loop, which all supervisors of a process share. */
record Platform(
    Program supervise,
    SystemCalls calls,
    ProcessCalls processes,
    ProcessTable processTable,
    EventLoop loop,
    Children children,
    Spawner spawner) {

  /** The platform of this process. */
  static Platform ofThisProcess() throws IOException {
    return of(new PosixSystemCalls(), new PosixProcessCalls(), ArgumentBytes.environment());
  }

  /**
   * A platform on a system.
   *
   * @param environment of the programs that are started
   */
  static Platform of(SystemCalls calls, ProcessCalls processes, List<String> environment)
      throws PosixException {
    Program supervise = new Program("supervise");
    Platform platform =
        new Platform(
            supervise,
            calls,
            processes,
            new ProcessTable(calls),
            new EventLoop(calls, e -> report(supervise, e)),
            new Children(processes),
            new Spawner(processes, environment));
    platform.handle("CHLD", platform::reap);
    return platform;
  }

  private static void report(Program supervise, RuntimeException mistake) {
    supervise.warnOfMistake("unable to deal with an event", mistake);
  }

  /** Reports an exception that only a mistake in the program throws. */
  void report(RuntimeException mistake) {
    report(supervise, mistake);
  }

  /** Prints {@code supervise: fatal: what}, which ends one supervisor and not this process. */
  void reportFatal(String what) {
    System.err.println(supervise.name() + ": fatal: " + what);
  }

  /** Runs a task in the event loop whenever a signal comes. */
  void handle(String signal, Runnable task) {
    processes.handle(signal, () -> loop.post(task));
  }

  private void reap() {
    try {
      children.reap();
    } catch (PosixException e) {
      supervise.warn("unable to wait for a child", e);
    }
  }

  Tai64n now() {
    return Tai64n.of(calls.now());
  }
}
