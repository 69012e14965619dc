package djbdns.supervise.machine;

/**
 * The supervisor as a pure function of its state and an event. It does what supervise.c does, with
 * these additions: a program finish after run, a time after which a program that does not end is
 * killed, readiness, and a way to end a logger without losing its input.
 *
 * <p>Invariants, held by tests over every state that can be reached: a process is started only
 * where there is none; a signal is sent only where there is one; nothing is started for a service
 * that is wanted down, or by a supervisor that is leaving (except a start that was commanded
 * before, as by "svc -ox", and the start of a logger that still has to read its input); {@link
 * Phase#LEFT} has no next phase.
 */
public final class ServiceMachine {
  private ServiceMachine() {}

  /** The transition of an event. */
  public static Transition next(ServiceState state, ServiceEvent event) {
    return switch (state.phase()) {
      case DOWN -> whenDown(state, event);
      case WAITING -> whenWaiting(state, event);
      case UP -> whenUp(state, event);
      case FINISHING, FINISHING_FIRST -> whenFinishing(state, event);
      case LEFT -> Transition.to(state);
    };
  }

  /** The transition at the start of the supervisor: run is started if it is wanted up. */
  public static Transition start(ServiceState initial) {
    return initial.want() == Want.UP ? await(initial) : Transition.to(initial);
  }

  private static Transition await(ServiceState state) {
    return Transition.to(state.in(Phase.WAITING), Action.AWAIT_RESTART);
  }

  private static Transition leave(ServiceState state) {
    return Transition.to(state.withLeaving().in(Phase.LEFT), Action.CANCEL_TIMEOUT, Action.LEAVE);
  }

  private static Transition whenDown(ServiceState state, ServiceEvent event) {
    return switch (event) {
      case COMMAND_UP -> await(state.wanting(Want.UP));
      case COMMAND_ONCE -> await(state.wanting(Want.ONCE));
      case COMMAND_DOWN -> Transition.to(state.wanting(Want.DOWN));
      case COMMAND_EXIT, DRAIN -> leave(state);
      case COMMAND_PAUSE,
          COMMAND_CONTINUE,
          COMMAND_HANGUP,
          COMMAND_ALARM,
          COMMAND_INTERRUPT,
          COMMAND_TERMINATE,
          COMMAND_KILL,
          COMMAND_QUIT,
          COMMAND_USER1,
          COMMAND_USER2,
          COMMAND_WINDOW,
          READY,
          RUN_ENDED,
          FINISH_ENDED,
          START_FAILED,
          TIMEOUT ->
          Transition.to(state);
    };
  }

  private static Transition whenWaiting(ServiceState state, ServiceEvent event) {
    return switch (event) {
      case COMMAND_UP -> Transition.to(state.wanting(Want.UP));
      case COMMAND_ONCE -> Transition.to(state.wanting(Want.ONCE));
      case COMMAND_DOWN ->
          state.leaving()
              ? leave(state)
              : Transition.to(state.wanting(Want.DOWN).in(Phase.DOWN), Action.CANCEL_TIMEOUT);
      // The start was commanded before, so it happens, as in supervise.c: "svc -ox" runs it once.
      case COMMAND_EXIT -> Transition.to(state.withLeaving());
      // There may be input left that only this logger can read.
      case DRAIN -> Transition.to(state.wanting(Want.ONCE).withLeaving());
      case TIMEOUT ->
          state.leaving()
              ? Transition.to(state.in(Phase.UP), Action.START_RUN, Action.AWAIT_KILL)
              : Transition.to(state.in(Phase.UP), Action.START_RUN);
      case COMMAND_PAUSE,
          COMMAND_CONTINUE,
          COMMAND_HANGUP,
          COMMAND_ALARM,
          COMMAND_INTERRUPT,
          COMMAND_TERMINATE,
          COMMAND_KILL,
          COMMAND_QUIT,
          COMMAND_USER1,
          COMMAND_USER2,
          COMMAND_WINDOW,
          READY,
          RUN_ENDED,
          FINISH_ENDED,
          START_FAILED ->
          Transition.to(state);
    };
  }

  private static Transition whenUp(ServiceState state, ServiceEvent event) {
    return switch (event) {
      case COMMAND_UP -> keep(state.wanting(Want.UP));
      case COMMAND_ONCE -> keep(state.wanting(Want.ONCE));
      case COMMAND_DOWN ->
          Transition.to(
              state.wanting(Want.DOWN).withPaused(false),
              Action.SEND_TERM,
              Action.SEND_CONT,
              Action.AWAIT_KILL);
      case COMMAND_EXIT -> Transition.to(state.withLeaving());
      case DRAIN ->
          Transition.to(
              state.wanting(Want.DOWN).withPaused(false).withLeaving(),
              Action.SEND_CONT,
              Action.AWAIT_KILL);
      case COMMAND_PAUSE -> Transition.to(state.withPaused(true), Action.SEND_STOP);
      case COMMAND_CONTINUE -> Transition.to(state.withPaused(false), Action.SEND_CONT);
      case COMMAND_HANGUP -> Transition.to(state, Action.SEND_HUP);
      case COMMAND_ALARM -> Transition.to(state, Action.SEND_ALRM);
      case COMMAND_INTERRUPT -> Transition.to(state, Action.SEND_INT);
      case COMMAND_TERMINATE -> Transition.to(state, Action.SEND_TERM);
      case COMMAND_KILL, TIMEOUT -> Transition.to(state, Action.SEND_KILL);
      case COMMAND_QUIT -> Transition.to(state, Action.SEND_QUIT);
      case COMMAND_USER1 -> Transition.to(state, Action.SEND_USR1);
      case COMMAND_USER2 -> Transition.to(state, Action.SEND_USR2);
      case COMMAND_WINDOW -> Transition.to(state, Action.SEND_WINCH);
      case READY -> Transition.to(state.withReady());
      case RUN_ENDED ->
          Transition.to(
              state.in(Phase.FINISHING),
              Action.CANCEL_TIMEOUT,
              Action.START_FINISH,
              Action.AWAIT_FINISH);
      case START_FAILED -> whenNotStarted(state);
      case FINISH_ENDED -> Transition.to(state);
    };
  }

  private static Transition whenNotStarted(ServiceState state) {
    if (state.leaving()) {
      return leave(state);
    }
    return state.want() == Want.DOWN
        ? Transition.to(state.in(Phase.DOWN), Action.CANCEL_TIMEOUT)
        : Transition.to(state.in(Phase.WAITING), Action.AWAIT_RETRY);
  }

  /** Cancels the kill of a program that was told to end, unless the supervisor ends as well. */
  private static Transition keep(ServiceState state) {
    return state.leaving() ? Transition.to(state) : Transition.to(state, Action.CANCEL_TIMEOUT);
  }

  private static Transition whenFinishing(ServiceState state, ServiceEvent event) {
    return switch (event) {
      case COMMAND_UP -> Transition.to(state.wanting(Want.UP).in(Phase.FINISHING));
      case COMMAND_ONCE -> Transition.to(state.wanting(Want.ONCE).in(Phase.FINISHING_FIRST));
      case COMMAND_DOWN -> Transition.to(state.wanting(Want.DOWN).in(Phase.FINISHING));
      case COMMAND_EXIT -> Transition.to(state.withLeaving());
      case DRAIN -> drainFinishing(state);
      case COMMAND_KILL, TIMEOUT -> Transition.to(state, Action.SEND_KILL);
      case FINISH_ENDED -> afterFinish(state);
      case COMMAND_PAUSE,
          COMMAND_CONTINUE,
          COMMAND_HANGUP,
          COMMAND_ALARM,
          COMMAND_INTERRUPT,
          COMMAND_TERMINATE,
          COMMAND_QUIT,
          COMMAND_USER1,
          COMMAND_USER2,
          COMMAND_WINDOW,
          READY,
          RUN_ENDED,
          START_FAILED ->
          Transition.to(state);
    };
  }

  /** A logger that would have been started again is started once more: there may be input left. */
  private static Transition drainFinishing(ServiceState state) {
    return state.want() == Want.UP && !state.leaving()
        ? Transition.to(state.wanting(Want.ONCE).withLeaving().in(Phase.FINISHING_FIRST))
        : Transition.to(state.withLeaving());
  }

  private static Transition afterFinish(ServiceState state) {
    if (state.phase() == Phase.FINISHING_FIRST) {
      return await(state);
    }
    if (state.leaving()) {
      return leave(state);
    }
    return state.want() == Want.UP
        ? await(state)
        : Transition.to(state.in(Phase.DOWN), Action.CANCEL_TIMEOUT);
  }
}
