package djbdns.runtime;

import djbdns.posix.Posix;
import djbdns.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives up root's powers for good, as the original's droproot.c: chroot to {@code $ROOT}, then
 * group {@code $GID}, then user {@code $UID}, no other group, and no way back. Whoever is not root
 * cannot do any of this: the daemon then runs as it is, inside {@code $ROOT} by its own good will,
 * and says so once. In the end comes the {@link Confinement}, for everybody.
 */
public final class DropRoot {
  private static final int ROOT_ID = 0;

  private final Program program;
  private final ServiceEnvironment environment;
  private final Posix posix = new Posix();

  public DropRoot(Program program, ServiceEnvironment environment) {
    this.program = program;
    this.environment = environment;
  }

  /**
   * Drops privileges; sockets must be bound and native libraries that later work needs be loaded.
   *
   * @return what {@code $ROOT} is called from now on
   * @throws Fatal in the original's words, such as {@code unable to chroot to X: access denied}
   */
  public Path run() {
    String root = environment.require("ROOT");
    Confinement confinement = new Confinement(program, environment);
    boolean mayChangeRoot = posix.effectiveUserId() == ROOT_ID;
    Path newRoot = mayChangeRoot ? becomeUser(root) : stayUser(root);
    confinement.run();
    return newRoot;
  }

  private Path stayUser(String root) {
    if (!Files.isDirectory(Path.of(root))) {
      throw program.fatal("unable to chdir to " + root + ": file does not exist");
    }
    program.warn("not started as root: running without chroot in " + root);
    return Path.of(root).toAbsolutePath();
  }

  private Path becomeUser(String root) {
    int gid = environment.requireNumber("GID", 1, Integer.MAX_VALUE);
    int uid = environment.requireNumber("UID", 1, Integer.MAX_VALUE);
    step("unable to load what is needed later", Preload::run);
    step("unable to chdir to " + root, () -> posix.changeDirectory(root));
    step("unable to chroot to " + root, () -> posix.changeRoot("."));
    step("unable to setgroups", posix::dropSupplementaryGroups);
    step("unable to setgid", () -> posix.setGroupId(gid));
    step("unable to setuid", () -> posix.setUserId(uid));
    if (canBecomeRoot()) {
      throw program.fatal("unable to setuid: root can be had again");
    }
    return Path.of("/");
  }

  private boolean canBecomeRoot() {
    try {
      posix.setUserId(ROOT_ID);
      return true;
    } catch (PosixException refused) {
      return false;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void step(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw program.fatal(what, e);
    }
  }
}
