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
 * a flag and wake the reader; everything else is for the one thread that reads.
 */
final class StandardInput implements Input {
  private static final int DESCRIPTOR = 0;

  private final Descriptors descriptors;
  private final int wakeEvent;
  private final PollSet pollSet = new PollSet();
  private final AtomicBoolean exitWanted = new AtomicBoolean();
  private final AtomicBoolean rotationWanted = new AtomicBoolean();

  StandardInput(Descriptors descriptors) throws PosixException {
    this.descriptors = descriptors;
    wakeEvent = descriptors.event();
    pollSet.add(DESCRIPTOR);
    pollSet.add(wakeEvent);
    Wakeup wakeup = new Wakeup(descriptors, wakeEvent);
    // Once here, so that the native function is linked before another thread calls it.
    wakeup.send();
    Signals.handle("TERM", () -> note(exitWanted, wakeup));
    Signals.handle("ALRM", () -> note(rotationWanted, wakeup));
  }

  private static void note(AtomicBoolean flag, Wakeup wakeup) {
    flag.set(true);
    wakeup.send();
  }

  /** Wakes the thread that reads. */
  private record Wakeup(Descriptors descriptors, int descriptor) {
    void send() {
      try {
        // A counter takes eight bytes. They add 1, or 2 to the power of 56.
        descriptors.write(descriptor, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
      } catch (PosixException _) {
        // The counter is full, so the thread is awake.
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
    if (ready.contains(wakeEvent)) {
      descriptors.drain(wakeEvent);
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
