package djbdns.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes the programs that tests start obey SIGHUP where Maven's own parent ignores it, as nohup
 * does: what is ignored stays ignored in all children (signal(7)).
 */
public final class DefaultSignals implements LauncherSessionListener {
  private static final int SIGHUP = 1;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Linker linker = Linker.nativeLinker();
    MethodHandle signal =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    try {
      // SIG_DFL is null. sun.misc.Signal keeps ignoring what has been ignored.
      MemorySegment _ = (MemorySegment) signal.invokeExact(SIGHUP, MemorySegment.NULL);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
