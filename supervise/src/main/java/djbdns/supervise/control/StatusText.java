package djbdns.supervise.control;

import djbdns.supervise.status.Details;
import djbdns.supervise.status.Ending;
import djbdns.supervise.status.StatusRecord;
import djbdns.supervise.tai.Tai64n;

/** A line as svstat.c prints it; if verbose, also with the details of our supervisors. */
final class StatusText implements StatusFormat {
  private final boolean verbose;

  StatusText(boolean verbose) {
    this.verbose = verbose;
  }

  @Override
  public String format(String directory, ServiceReport report, Tai64n now) {
    return directory
        + ": "
        + switch (report) {
          case ServiceReport.Unknown unknown -> unknown.reason();
          case ServiceReport.Supervised supervised -> line(supervised, now);
        };
  }

  private String line(ServiceReport.Supervised service, Tai64n now) {
    StatusRecord status = service.status();
    boolean up = status.pid() != 0;
    StringBuilder line = new StringBuilder();
    line.append(up ? "up (pid " + Integer.toUnsignedString(status.pid()) + ") " : "down ");
    line.append(seconds(status.since(), now)).append(" seconds");
    if (up && !service.normallyUp()) {
      line.append(", normally down");
    }
    if (!up && service.normallyUp()) {
      line.append(", normally up");
    }
    if (up && status.paused()) {
      line.append(", paused");
    }
    if (!up && status.want() == 'u') {
      line.append(", want up");
    }
    if (up && status.want() == 'd') {
      line.append(", want down");
    }
    if (verbose) {
      service.details().ifPresent(details -> append(line, details, now));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, Details details, Tai64n now) {
    if (details.phase().equals("finishing")) {
      line.append(", finishing");
    }
    details
        .ready()
        .ifPresent(ready -> line.append(", ready ").append(seconds(ready, now)).append(" seconds"));
    for (Ending ending : details.endings()) {
      line.append("\n  ").append(how(ending)).append(", ");
      line.append(seconds(ending.at(), now)).append(" seconds ago");
    }
  }

  private static String how(Ending ending) {
    if (ending.isUnknown()) {
      return "ended";
    }
    return ending.signal() == 0 ? "exited " + ending.code() : "killed by signal " + ending.signal();
  }

  /** Whole seconds, as tai.h counts them; 0 for times to come. */
  static long seconds(Tai64n since, Tai64n now) {
    return Math.max(0, now.seconds() - since.seconds());
  }
}
