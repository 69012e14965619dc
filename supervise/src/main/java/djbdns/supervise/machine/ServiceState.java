package djbdns.supervise.machine;

/**
 * The state on which the next actions of a supervisor depend.
 *
 * @param paused true if a command has stopped run; only while it is up
 * @param ready true if run has said that it is ready; only while it is up
 * @param leaving true if the supervisor ends as soon as nothing runs
 */
public record ServiceState(Phase phase, Want want, boolean paused, boolean ready, boolean leaving) {

  /** The state of a supervisor that has just been started. */
  public static ServiceState initial(Want want) {
    return of(Phase.DOWN, want, false);
  }

  private static ServiceState of(Phase phase, Want want, boolean leaving) {
    return new ServiceState(phase, want, false, false, leaving);
  }

  /** This state in another phase, neither paused nor ready. */
  ServiceState in(Phase next) {
    return of(next, want, leaving);
  }

  ServiceState wanting(Want next) {
    return new ServiceState(phase, next, paused, ready, leaving);
  }

  ServiceState withPaused(boolean next) {
    return new ServiceState(phase, want, next, ready, leaving);
  }

  ServiceState withReady() {
    return new ServiceState(phase, want, paused, true, leaving);
  }

  ServiceState withLeaving() {
    return new ServiceState(phase, want, paused, ready, true);
  }
}
