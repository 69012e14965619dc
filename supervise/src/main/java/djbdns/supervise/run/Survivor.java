package djbdns.supervise.run;

import djbdns.supervise.status.Details;
import djbdns.supervise.status.ProcessIdentity;
import java.io.IOException;
import java.util.Optional;

/** Finds the process that an earlier supervisor of a directory has left running. */
final class Survivor {
  private Survivor() {}

  static Optional<ProcessIdentity> of(Details before, Host host, ServiceDirectory directory) {
    ProcessTable table = host.processTable();
    if (!before.bootId().equals(table.bootId()) || before.process().isEmpty()) {
      return Optional.empty();
    }
    ProcessIdentity noted = before.process().get();
    if (noted.pid() != 0) {
      return Optional.of(noted).filter(table::isAlive);
    }
    try {
      return table.findOrphan(noted.startTicks(), directory.status(), before.pipeInode());
    } catch (IOException e) {
      host.supervise().warn("unable to look for the process of " + directory.name(), e);
      return Optional.empty();
    }
  }
}
