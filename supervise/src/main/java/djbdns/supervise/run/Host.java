package djbdns.supervise.run;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.Processes;
import djbdns.posix.ResourceLimits;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.Program;
import djbdns.runtime.Signals;
import djbdns.supervise.tai.Tai64n;
import java.io.IOException;
import java.time.InstantSource;

/** What all supervisors of a process share. */
record Host(
    Program supervise,
    FileSystem files,
    Descriptors descriptors,
    Processes processes,
    ProcessTable processTable,
    EventLoop loop,
    Children children,
    Spawner spawner,
    InstantSource clock) {

  /** Wires the parts of this process together. */
  static Host ofThisProcess() throws IOException {
    FileSystem files = new FileSystem();
    Descriptors descriptors = new Descriptors();
    Processes processes = new Processes();
    Program supervise = new Program("supervise");
    Host host =
        new Host(
            supervise,
            files,
            descriptors,
            processes,
            new ProcessTable(files),
            new EventLoop(descriptors, System::nanoTime, e -> report(supervise, e)),
            new Children(processes),
            new Spawner(processes, new ResourceLimits(), ArgumentBytes.environment()),
            InstantSource.system());
    Signals.handle("CHLD", () -> host.loop.post(host::reap));
    return host;
  }

  private static void report(Program supervise, RuntimeException mistake) {
    supervise.warnOfMistake("unable to deal with an event", mistake);
  }

  /** Says what was thrown where nothing should be. */
  void report(RuntimeException mistake) {
    report(supervise, mistake);
  }

  private void reap() {
    try {
      children.reap();
    } catch (IOException e) {
      supervise.warn("unable to wait for a child", e);
    }
  }

  Tai64n now() {
    return Tai64n.of(clock.instant());
  }
}
