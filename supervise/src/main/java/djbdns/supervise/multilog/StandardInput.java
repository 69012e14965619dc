package djbdns.supervise.multilog;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.PollSet;
import djbdns.posix.PosixException;
import djbdns.runtime.Signals;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Descriptor 0, and the signals TERM and ALRM. Signals come on threads of their own, which only set
 * a flag and ring a bell; everything else is for the one thread that reads.
 */
final class StandardInput implements Input {
  private static final int DESCRIPTOR = 0;

  private final Descriptors descriptors;
  private final int bell;
  private final PollSet pollSet = new PollSet();
  private final AtomicBoolean exitWanted = new AtomicBoolean();
  private final AtomicBoolean rotationWanted = new AtomicBoolean();

  StandardInput(Descriptors descriptors) throws PosixException {
    this.descriptors = descriptors;
    bell = descriptors.event();
    pollSet.add(DESCRIPTOR);
    pollSet.add(bell);
    Bell ringer = new Bell(descriptors, bell);
    // Once here, so that the function is linked before another thread calls it.
    ringer.ring();
    Signals.handle("TERM", () -> note(exitWanted, ringer));
    Signals.handle("ALRM", () -> note(rotationWanted, ringer));
  }

  private static void note(AtomicBoolean flag, Bell ringer) {
    flag.set(true);
    ringer.ring();
  }

  /** Wakes the thread that waits. */
  private record Bell(Descriptors descriptors, int descriptor) {
    void ring() {
      try {
        // A counter takes eight bytes; it is 1 or 2 to the 56th that this adds.
        descriptors.write(descriptor, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
      } catch (PosixException _) {
        // The counter is full: it has been rung.
      }
    }
  }

  @Override
  public int descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public boolean isPipe() throws PosixException {
    return new FileSystem().status(DESCRIPTOR).isFifo();
  }

  @Override
  public boolean await() throws PosixException {
    List<Integer> ready = pollSet.await(-1);
    if (ready.contains(bell)) {
      descriptors.drain(bell);
    }
    return ready.contains(DESCRIPTOR);
  }

  @Override
  public boolean isExitWanted() {
    return exitWanted.get();
  }

  @Override
  public boolean takeRotationRequest() {
    return rotationWanted.getAndSet(false);
  }
}
