package djbdns.supervise.chain;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.PosixException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * The descriptors of this process, divided into those of the JVM and those that it has inherited.
 * The JVM opens all of its files close-on-exec except two kinds: {@code lib/modules} of the JDK and
 * the jars of the class path. The launcher's shell leaves the launcher open if its descriptor is
 * above 9. A process is never started with a descriptor that is close-on-exec. For use by one
 * thread.
 *
 * <p>With an AOT cache the JVM opens a jar when it needs a class that the cache lacks, which may be
 * later; so the jars are opened first.
 */
final class OwnDescriptors {
  private static final String OPEN = "/proc/self/fd";

  private final Descriptors descriptors = new Descriptors();
  private final String modules;
  private final String jars;
  private final String launchers;

  OwnDescriptors() throws IOException {
    modules = Path.of(System.getProperty("java.home"), "lib", "modules").toRealPath().toString();
    Path jar = Path.of(System.getProperty("java.class.path")).toRealPath();
    jars = jar.resolveSibling("") + "/";
    launchers = jar.resolveSibling("../bin").normalize() + "/";
  }

  /** Makes the JVM's descriptors close-on-exec, so that a new program inherits none of them. */
  void close() throws IOException {
    openJars();
    for (String number : numbers()) {
      if (isOwn(number)) {
        descriptors.setInherited(Integer.parseInt(number), false);
      }
    }
  }

  /** Looks for something in the last jar of the class path that has classes for a chain program. */
  private static void openJars() throws IOException {
    String file = OwnDescriptors.class.getSimpleName() + ".class";
    if (OwnDescriptors.class.getResource(file) == null) {
      throw new IOException("unable to find " + file);
    }
  }

  /** The numbers of all descriptors that a new program inherits. */
  BitSet inherited() throws IOException {
    BitSet inherited = new BitSet();
    for (String number : numbers()) {
      int descriptor = Integer.parseInt(number);
      if (isInherited(descriptor)) {
        inherited.set(descriptor);
      }
    }
    return inherited;
  }

  private static String[] numbers() throws IOException {
    String[] numbers = new File(OPEN).list();
    if (numbers == null) {
      throw new IOException("unable to read " + OPEN);
    }
    return numbers;
  }

  private boolean isOwn(String number) throws IOException {
    Path link = Path.of(OPEN, number);
    // The descriptor from which the list was read is closed by now.
    if (!Files.isSymbolicLink(link)) {
      return false;
    }
    String target = Files.readSymbolicLink(link).toString();
    return target.startsWith(modules) || target.startsWith(jars) || target.startsWith(launchers);
  }

  private boolean isInherited(int descriptor) throws PosixException {
    try {
      return descriptors.isInherited(descriptor);
    } catch (PosixException e) {
      if (e.is(Errno.EBADF)) {
        return false;
      }
      throw e;
    }
  }
}
