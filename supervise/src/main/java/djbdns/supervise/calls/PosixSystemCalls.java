package djbdns.supervise.calls;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PollSet;
import djbdns.posix.PosixException;
import java.time.Instant;
import java.util.List;

/** The system calls of the kernel. */
public class PosixSystemCalls implements SystemCalls {
  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors;

  public PosixSystemCalls() {
    this(new Descriptors());
  }

  protected PosixSystemCalls(Descriptors descriptors) {
    this.descriptors = descriptors;
  }

  private record PosixPoll(PollSet set) implements Poll {
    @Override
    public void add(int descriptor) {
      set.add(descriptor);
    }

    @Override
    public void remove(int descriptor) {
      set.remove(descriptor);
    }

    @Override
    public List<Integer> await(int timeoutMs) throws PosixException {
      return set.await(timeoutMs);
    }
  }

  @Override
  public int open(int directory, String path, int flags, int mode) throws PosixException {
    return files.open(directory, path, flags, mode);
  }

  @Override
  public int openDirectory(int directory, String path) throws PosixException {
    return files.openDirectory(directory, path);
  }

  @Override
  public void close(int descriptor) throws PosixException {
    descriptors.close(descriptor);
  }

  @Override
  public int read(int descriptor, byte[] bytes) throws PosixException {
    return descriptors.read(descriptor, bytes);
  }

  @Override
  public byte[] read(int directory, String path, int maxBytes) throws PosixException {
    return files.read(directory, path, maxBytes);
  }

  @Override
  public int write(int descriptor, byte[] bytes) throws PosixException {
    return descriptors.write(descriptor, bytes);
  }

  @Override
  public void lock(int descriptor) throws PosixException {
    descriptors.lock(descriptor, false);
  }

  @Override
  public void setNonblocking(int descriptor, boolean nonblocking) throws PosixException {
    descriptors.setNonblocking(descriptor, nonblocking);
  }

  @Override
  public void makeDirectory(int directory, String path, int mode) throws PosixException {
    files.makeDirectory(directory, path, mode);
  }

  @Override
  public void makeFifo(int directory, String path, int mode) throws PosixException {
    files.makeFifo(directory, path, mode);
  }

  @Override
  public Pipe pipe() throws PosixException {
    return descriptors.pipe();
  }

  @Override
  public int event() throws PosixException {
    return descriptors.event();
  }

  @Override
  public String readLink(int directory, String path) throws PosixException {
    return files.readLink(directory, path);
  }

  @Override
  public void rename(int directory, String from, String to) throws PosixException {
    files.rename(directory, from, to);
  }

  @Override
  public FileStatus status(int directory, String path) throws PosixException {
    return files.status(directory, path);
  }

  @Override
  public FileStatus status(int descriptor) throws PosixException {
    return files.status(descriptor);
  }

  @Override
  public List<String> list(int directory) throws PosixException {
    return files.list(directory);
  }

  @Override
  public int watches() throws PosixException {
    return descriptors.watches();
  }

  @Override
  public void watch(int watches, int descriptor, int events) throws PosixException {
    descriptors.watch(watches, descriptor, events);
  }

  @Override
  public void drain(int descriptor) throws PosixException {
    descriptors.drain(descriptor);
  }

  @Override
  public Poll poll() {
    return new PosixPoll(new PollSet());
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nowNs() {
    return System.nanoTime();
  }
}
