package djbdns.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes the programs that tests start obey SIGHUP and SIGINT where Maven's own parent ignores them,
 * as nohup and shells in the background do: what is ignored stays ignored in all children
 * (signal(7)). A signal that is not ignored stays the JVM's.
 */
public final class DefaultSignals implements LauncherSessionListener {
  private static final int[] SIGNALS = {1, 2};
  private static final String IGNORED = "SigIgn:\t";

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Linker linker = Linker.nativeLinker();
    MethodHandle setting =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    long ignored = ignored();
    try {
      for (int signal : SIGNALS) {
        if ((ignored >> (signal - 1) & 1) != 0) {
          // SIG_DFL is null. sun.misc.Signal keeps ignoring what has been ignored.
          MemorySegment _ = (MemorySegment) setting.invokeExact(signal, MemorySegment.NULL);
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ignored signals of this process, a bit for each from number 1 (proc(5)). */
  private static long ignored() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(IGNORED))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(IGNORED.length()), 16))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
