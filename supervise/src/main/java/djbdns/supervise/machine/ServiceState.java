package djbdns.supervise.machine;

/**
 * Everything that decides what a supervisor does next.
 *
 * @param paused whether run has been stopped by a command; only while it is up
 * @param ready whether run has said that it is ready; only while it is up
 * @param leaving whether the supervisor ends as soon as nothing runs
 */
public record ServiceState(Phase phase, Want want, boolean paused, boolean ready, boolean leaving) {

  /** Of a supervisor that has just been started. */
  public static ServiceState initial(boolean normallyUp) {
    return of(Phase.DOWN, normallyUp ? Want.UP : Want.DOWN, false);
  }

  private static ServiceState of(Phase phase, Want want, boolean leaving) {
    return new ServiceState(phase, want, false, false, leaving);
  }

  /** The same in another phase, in which nothing is paused or ready yet. */
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
