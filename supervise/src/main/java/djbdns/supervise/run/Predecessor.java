package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.ProcessIdentity;
import djbdns.supervise.status.StatusRecord;
import java.util.Optional;

/**
 * The state that the supervisor before this one has left in a directory. Files that have come from
 * another directory, by a copy or from a backup, say nothing about this one, unless the process
 * that they name works here.
 *
 * @param details as it has written them
 * @param status as it has written it; empty unless it was killed under the running kernel
 * @param survivor the process that it had started, if that has not ended
 */
record Predecessor(
    Details details, Optional<StatusRecord> status, Optional<ProcessIdentity> survivor) {
  /**
   * Reads the files, and looks for the process.
   *
   * @param pipeDescriptor the descriptor at which the process has the pipe to or from the logger,
   *     if there is one
   */
  static Predecessor of(Platform platform, ServiceDirectory directory, int pipeDescriptor) {
    Details noted = directory.readDetails();
    boolean isHere = noted.directory().map(directory.stateIdentity()::equals).orElse(true);
    if (!noted.bootId().equals(platform.processTable().bootId())) {
      return new Predecessor(isHere ? noted : Details.none(), Optional.empty(), Optional.empty());
    }
    Optional<ProcessIdentity> survivor =
        survivor(noted, isHere, platform, directory, pipeDescriptor);
    if (!isHere && survivor.isEmpty()) {
      return new Predecessor(Details.none(), Optional.empty(), Optional.empty());
    }
    return new Predecessor(
        noted,
        noted.phase().equals(Supervisor.LEFT) ? Optional.empty() : directory.readStatus(),
        survivor);
  }

  private static Optional<ProcessIdentity> survivor(
      Details noted,
      boolean isHere,
      Platform platform,
      ServiceDirectory directory,
      int pipeDescriptor) {
    ProcessTable table = platform.processTable();
    try {
      if (noted.process().isEmpty()) {
        return Optional.empty();
      }
      ProcessIdentity process = noted.process().get();
      if (process.pid() == 0) {
        return isHere
            ? table.findOrphan(
                process.startTicks(), directory.status(), pipeDescriptor, noted.pipeInode())
            : Optional.empty();
      }
      boolean isOurs = isHere || table.worksIn(process.pid(), directory.status());
      return isOurs && table.isAlive(process) ? Optional.of(process) : Optional.empty();
    } catch (PosixException e) {
      platform.supervise().warn("unable to look for the process of " + directory.name(), e);
      return Optional.empty();
    }
  }
}
