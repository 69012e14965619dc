package djbdns.supervise.calls;

import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.Processes.Ended;
import djbdns.posix.ResourceLimits;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.ResourceLimits.Resource;
import djbdns.posix.Spawn;
import djbdns.runtime.Signals;
import java.util.Optional;

/** The system calls of the kernel. */
public final class PosixProcessCalls implements ProcessCalls {
  private final Processes processes = new Processes();
  private final ResourceLimits limits = new ResourceLimits();

  @Override
  public int spawn(Spawn spawn) throws PosixException {
    return processes.spawn(spawn);
  }

  @Override
  public Optional<Ended> reap() throws PosixException {
    return processes.reap();
  }

  @Override
  public void kill(int pid, int signal) throws PosixException {
    processes.kill(pid, signal);
  }

  @Override
  public int open(int pid) throws PosixException {
    return processes.open(pid);
  }

  @Override
  public void signal(int pidDescriptor, int signal) throws PosixException {
    processes.signal(pidDescriptor, signal);
  }

  @Override
  public void adoptOrphans() throws PosixException {
    processes.adoptOrphans();
  }

  @Override
  public Limit openFiles() throws PosixException {
    return limits.get(Resource.NOFILE);
  }

  @Override
  public void limitOpenFiles(Limit limit) throws PosixException {
    limits.set(Resource.NOFILE, limit);
  }

  @Override
  public void handle(String signal, Runnable action) {
    Signals.handle(signal, action);
  }
}
