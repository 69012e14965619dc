package djbdns.supervise.chain;

import djbdns.posix.NewProgram;
import djbdns.posix.PosixException;
import djbdns.posix.ResourceLimits.Resource;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.ErrorText;
import djbdns.runtime.Fatal;
import djbdns.runtime.LauncherChanges;
import djbdns.runtime.Program;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The next program of a chain. It gets the same descriptors, environment, limits and ignored
 * signals that this one was given, although a JVM is in between. Source: pathexec_run.c. For use by
 * one thread.
 */
final class NextProgram {
  private final Program program;
  private final List<String> command;
  private final List<String> environment;
  private final OwnDescriptors ownDescriptors;

  /**
   * Reads everything that is needed from /proc; a process that has changed its user may not read
   * it.
   *
   * @param program this one
   * @param command the next one and its arguments
   */
  NextProgram(Program program, List<String> command) throws IOException {
    this.program = program;
    this.command = command;
    environment = ArgumentBytes.environment();
    ownDescriptors = new OwnDescriptors();
    ownDescriptors.close();
  }

  /** The environment that this program was given. */
  List<String> environment() {
    return environment;
  }

  OwnDescriptors ownDescriptors() {
    return ownDescriptors;
  }

  /** Becomes the next program. */
  Fatal run() throws PosixException {
    return run(environment, Map.of(), List.of());
  }

  /** Becomes the next program with another environment. */
  Fatal run(Environment changed) throws PosixException {
    return run(changed.entries(), Map.of(), List.of());
  }

  /** Becomes the next program with soft limits. */
  Fatal run(Map<Resource, Long> softLimits) throws PosixException {
    return run(environment, softLimits, List.of());
  }

  /** Becomes the next program with a further descriptor. */
  Fatal run(Handover descriptor) throws PosixException {
    return run(environment, Map.of(), List.of(descriptor));
  }

  private Fatal run(
      List<String> itsEnvironment, Map<Resource, Long> softLimits, List<Handover> descriptors)
      throws PosixException {
    Map<Resource, Long> limits = LauncherChanges.softLimits();
    limits.putAll(softLimits);
    LauncherChanges.ignoreSignals();
    PathSearch search = search();
    new NewProgram(search.candidates(), command, itsEnvironment, limits, descriptors)
        .takeOver(search);
    return cannotRun(search);
  }

  /**
   * Starts the next program as a child, with further descriptors.
   *
   * @return its pid
   */
  int spawn(List<Handover> descriptors) throws PosixException {
    LauncherChanges.ignoreSignals();
    PathSearch search = search();
    return new NewProgram(
            search.candidates(), command, environment, LauncherChanges.softLimits(), descriptors)
        .spawn(search)
        .orElseThrow(() -> cannotRun(search));
  }

  private PathSearch search() {
    return new PathSearch(command.getFirst(), environment);
  }

  private Fatal cannotRun(PathSearch search) {
    return program.fatal(
        "unable to run " + command.getFirst() + ": " + ErrorText.of(search.error()));
  }
}
