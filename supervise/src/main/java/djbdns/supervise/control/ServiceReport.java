package djbdns.supervise.control;

import djbdns.posix.PosixException;
import djbdns.runtime.ErrorText;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.StatusRecord;
import java.util.Optional;

/** The status of a service, or the reason why it is not known. */
sealed interface ServiceReport {
  /**
   * A supervised service.
   *
   * @param details empty under a supervisor that is not ours
   */
  record Supervised(boolean normallyUp, StatusRecord status, Optional<Details> details)
      implements ServiceReport {}

  /** A service that is not supervised, or whose files cannot be read. */
  record Unknown(String reason) implements ServiceReport {}

  /** Reads the status of a service, with the checks of svstat.c in their order. */
  static ServiceReport of(SystemCalls calls, String directory) {
    String attempt = "unable to chdir";
    try (ServiceView view = ServiceView.open(calls, directory)) {
      attempt = "unable to stat down";
      boolean normallyUp = view.isNormallyUp();
      attempt = "unable to open supervise/ok";
      if (!view.isSupervised()) {
        return new Unknown("supervise not running");
      }
      attempt = "unable to open supervise/status";
      Optional<StatusRecord> status = StatusRecord.unpack(view.readStatus());
      return status.isPresent()
          ? new Supervised(normallyUp, status.get(), view.details())
          : new Unknown("unable to read supervise/status: bad format");
    } catch (PosixException e) {
      return new Unknown(attempt + ": " + ErrorText.of(e));
    }
  }
}
