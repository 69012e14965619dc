package djbdns.supervise.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The machine in every state that can be reached, under every event. */
final class ServiceMachineTest {
  private static final Set<Phase> WITH_PROCESS =
      EnumSet.of(Phase.UP, Phase.FINISHING, Phase.FINISHING_FIRST);
  private static final Set<ServiceEvent> ENDS =
      EnumSet.of(ServiceEvent.RUN_ENDED, ServiceEvent.FINISH_ENDED, ServiceEvent.START_FAILED);

  /** An event in a state, and what follows. */
  private record Step(ServiceState state, ServiceEvent event, Transition transition) {
    ServiceState next() {
      return transition.next();
    }

    boolean does(Action action) {
      return transition.actions().contains(action);
    }

    @Override
    public String toString() {
      return "%s %s -> %s %s".formatted(text(state), event, text(next()), actions());
    }

    String actions() {
      return transition.actions().stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    boolean isNothing() {
      return next().equals(state) && transition.actions().isEmpty();
    }

    private static String text(ServiceState state) {
      return state.phase()
          + ":"
          + state.want()
          + (state.paused() ? "+paused" : "")
          + (state.ready() ? "+ready" : "")
          + (state.leaving() ? "+leaving" : "");
    }
  }

  private static void forEveryStep(BiConsumer<Step, String> check) {
    for (ServiceState state : Reachable.states()) {
      for (ServiceEvent event : ServiceEvent.values()) {
        Step step = new Step(state, event, ServiceMachine.next(state, event));
        check.accept(step, step.toString());
      }
    }
  }

  @Test
  void shouldStartAProcessOnlyWhereThereIsNone() {
    forEveryStep((step, text) -> {
      if (step.does(Action.START_RUN)) {
        assertEquals(Phase.WAITING, step.state().phase(), text);
        assertEquals(Phase.UP, step.next().phase(), text);
      }
      if (step.does(Action.START_FINISH)) {
        assertEquals(ServiceEvent.RUN_ENDED, step.event(), text);
        assertEquals(Phase.UP, step.state().phase(), text);
      }
    });
  }

  @Test
  void shouldSendSignalsOnlyWhereThereIsAProcess() {
    forEveryStep((step, text) -> {
      if (step.transition().actions().stream().anyMatch(action -> action.signal() != 0)) {
        assertTrue(WITH_PROCESS.contains(step.state().phase()), text);
      }
    });
  }

  @Test
  void shouldForgetAProcessOnlyWhenItHasEnded() {
    forEveryStep((step, text) -> {
      boolean before = WITH_PROCESS.contains(step.state().phase());
      boolean after = WITH_PROCESS.contains(step.next().phase());
      if (before && !after) {
        assertTrue(ENDS.contains(step.event()), text);
      }
    });
  }

  @Test
  void shouldStartNothingThatIsWantedDown() {
    forEveryStep((step, text) -> {
      if (step.does(Action.START_RUN)) {
        assertFalse(step.state().want() == Want.DOWN, text);
      }
      if (step.next().phase() == Phase.WAITING) {
        assertFalse(step.next().want() == Want.DOWN, text);
      }
    });
  }

  @Test
  void shouldStartNothingWhenLeavingButWhatItHadBeenToldToBefore() {
    forEveryStep((step, text) -> {
      if (step.next().phase() == Phase.WAITING && step.next().leaving()) {
        boolean owedBefore =
            step.state().phase() == Phase.WAITING || step.state().phase() == Phase.FINISHING_FIRST;
        assertTrue(owedBefore, text);
      }
    });
  }

  @Test
  void shouldLeaveOnceAndOnlyWithoutAProcess() {
    forEveryStep((step, text) -> {
      boolean arrives = step.next().phase() == Phase.LEFT && step.state().phase() != Phase.LEFT;
      assertEquals(arrives, step.does(Action.LEAVE), text);
      if (step.state().phase() == Phase.LEFT) {
        assertTrue(step.isNothing(), text);
      }
    });
  }

  @Test
  void shouldAlwaysWaitForSomethingThatEndsIt() {
    forEveryStep((step, text) -> {
      boolean arrives =
          step.next().phase() == Phase.WAITING && step.state().phase() != Phase.WAITING;
      boolean awaits = step.does(Action.AWAIT_RESTART) || step.does(Action.AWAIT_RETRY);
      assertEquals(arrives, awaits, text);
    });
  }

  @Test
  void shouldKeepTimesOfOnePhaseOutOfTheNext() {
    forEveryStep((step, text) -> {
      List<Action> actions = step.transition().actions();
      boolean sets = actions.stream().anyMatch(action -> action.name().startsWith("AWAIT"));
      boolean leavesPhase = step.state().phase() != step.next().phase();
      boolean timed = step.event() == ServiceEvent.TIMEOUT;
      boolean within =
          WITH_PROCESS.contains(step.state().phase())
              && step.state().phase() != Phase.UP
              && WITH_PROCESS.contains(step.next().phase());
      if (leavesPhase && !timed && !within && step.state().phase() != Phase.DOWN) {
        assertTrue(sets || step.does(Action.CANCEL_TIMEOUT), text);
      }
    });
  }

  @Test
  void shouldPauseAndBeReadyOnlyWhenUp() {
    for (ServiceState state : Reachable.states()) {
      assertTrue(state.phase() == Phase.UP || !(state.paused() || state.ready()), state::toString);
    }
  }

  @Test
  void shouldComeToAnEndWhenToldSoWhateverItDoes() {
    for (ServiceState state : Reachable.states()) {
      ServiceState next = state;
      for (ServiceEvent event :
          List.of(
              ServiceEvent.COMMAND_DOWN,
              ServiceEvent.COMMAND_EXIT,
              ServiceEvent.RUN_ENDED,
              ServiceEvent.FINISH_ENDED)) {
        next = ServiceMachine.next(next, event).next();
      }
      assertEquals(Phase.LEFT, next.phase(), state::toString);
    }
  }

  /** An event that is not in the table changes nothing. */
  @Test
  void shouldDoWhatTheTableSays() throws IOException {
    Set<String> actual = new TreeSet<>();
    forEveryStep((step, text) -> {
      if (!step.isNothing()) {
        actual.add(text.strip());
      }
    });
    try (InputStream table = getClass().getResourceAsStream("machine.golden")) {
      String expected = new String(table.readAllBytes(), StandardCharsets.US_ASCII);
      assertEquals(expected, String.join("\n", actual) + "\n");
    }
  }

  @Test
  void shouldKnowTheLettersOfDaemontoolsAndItsSuccessors() {
    Set<Character> known = new TreeSet<>();
    for (char letter = 0; letter < 256; letter++) {
      if (ServiceEvent.ofCommand(letter).isPresent()) {
        known.add(letter);
      }
    }
    assertEquals(
        "12acdhikopqtuwx", known.stream().map(String::valueOf).collect(Collectors.joining()));
  }
}
