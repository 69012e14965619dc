package djbdns.supervise.multilog;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.PosixSystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The calls of the kernel. Data passes through one buffer off the heap. */
final class PosixFileCalls extends PosixSystemCalls implements FileCalls {
  private static final int BUFFER_BYTES = 1 << 17;

  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES, Long.BYTES);

  PosixFileCalls(Descriptors descriptors) {
    super(descriptors);
    this.descriptors = descriptors;
  }

  @Override
  public int read(int descriptor, byte[] target, int limit) throws PosixException {
    int length = descriptors.read(descriptor, buffer.asSlice(0, Math.min(limit, BUFFER_BYTES)));
    MemorySegment.copy(buffer, JAVA_BYTE, 0, target, 0, length);
    return length;
  }

  @Override
  public int readAt(int descriptor, byte[] target, long position) throws PosixException {
    MemorySegment part = buffer.asSlice(0, Math.min(target.length, BUFFER_BYTES));
    int length = descriptors.read(descriptor, part, position);
    MemorySegment.copy(buffer, JAVA_BYTE, 0, target, 0, length);
    return length;
  }

  @Override
  public int write(int descriptor, byte[] bytes, int from, int to) throws PosixException {
    return descriptors.write(descriptor, copy(bytes, from, to));
  }

  @Override
  public int writeAt(int descriptor, byte[] bytes, int length, long position)
      throws PosixException {
    return descriptors.write(descriptor, copy(bytes, 0, length), position);
  }

  private MemorySegment copy(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, BUFFER_BYTES);
    MemorySegment.copy(bytes, from, buffer, JAVA_BYTE, 0, length);
    return buffer.asSlice(0, length);
  }

  @Override
  public int splice(int pipe, int file, long position, int limit) throws PosixException {
    return descriptors.splice(pipe, file, position, limit);
  }

  @Override
  public void synchronize(int descriptor) throws PosixException {
    descriptors.synchronize(descriptor);
  }

  @Override
  public void truncate(int descriptor, long sizeBytes) throws PosixException {
    descriptors.truncate(descriptor, sizeBytes);
  }

  @Override
  public void link(int directory, String from, String to) throws PosixException {
    files.link(directory, from, to);
  }

  @Override
  public void unlink(int directory, String name) throws PosixException {
    files.unlink(directory, name);
  }

  @Override
  public void changeMode(int directory, String name, int mode) throws PosixException {
    files.changeMode(directory, name, mode);
  }

  @Override
  public void changeMode(int descriptor, int mode) throws PosixException {
    files.changeMode(descriptor, mode);
  }
}
