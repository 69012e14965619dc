package djbdns.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Plays a {@link Transmit} to its end against scripted servers on a clock of its own, and keeps a
 * line for each attempt: when, how, whom, and how many seconds of patience.
 */
final class FakeNetwork {
  /** What becomes of one attempt. */
  sealed interface Event {
    /** The same bytes come after this many seconds. */
    @SuppressWarnings("ArrayRecordComponent")
    record Packet(double afterSeconds, byte[] bytes) implements Event {}

    /** The packet cannot be sent, or the connection cannot be made. */
    record SendFails(Failure failure) implements Event {}

    /** The socket fails after this many seconds. */
    record ReceiveFails(double afterSeconds, Failure failure) implements Event {}
  }

  private static final double SECOND_NS = 1e9;

  private final List<String> log = new ArrayList<>();
  private final Function<Step.Attempt, List<Event>> servers;

  /** Starts close to overflow, so that a clock compared without subtraction shows. */
  private final long startNs = Long.MAX_VALUE - 500_000_000L;

  private long nowNs = startNs;
  private Step.End end = new Step.Failed(Failure.Reason.NO_REPLY);

  FakeNetwork(Function<Step.Attempt, List<Event>> servers) {
    this.servers = servers;
  }

  FakeNetwork play(Transmit transmit) {
    Step step = transmit.start(nowNs);
    while (step instanceof Step.Attempt attempt) {
      log.add(line(attempt));
      step = play(transmit, attempt);
    }
    end = (Step.End) step;
    return this;
  }

  private String line(Step.Attempt attempt) {
    return seconds(nowNs - startNs)
        + " "
        + attempt.transport()
        + " "
        + attempt.server()
        + " "
        + seconds(attempt.deadlineNs() - nowNs);
  }

  private static String seconds(long ns) {
    double seconds = ns / SECOND_NS;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  private Step play(Transmit transmit, Step.Attempt attempt) {
    long sentNs = nowNs;
    List<Event> events = servers.apply(attempt);
    if (!events.isEmpty() && events.getFirst() instanceof Event.SendFails(Failure failure)) {
      return transmit.onSendFailed(failure, nowNs);
    }
    Step step = transmit.onSent(nowNs);
    for (Event event : events) {
      if (!(step instanceof Step.Wait wait)) {
        return step;
      }
      long atNs = sentNs + (long) (SECOND_NS * after(event));
      if (atNs - wait.deadlineNs() >= 0) {
        break;
      }
      nowNs = atNs;
      step = deliver(transmit, event);
    }
    if (step instanceof Step.Wait wait) {
      nowNs = wait.deadlineNs();
      return transmit.onTime(nowNs);
    }
    return step;
  }

  private static double after(Event event) {
    return switch (event) {
      case Event.Packet packet -> packet.afterSeconds();
      case Event.ReceiveFails failed -> failed.afterSeconds();
      case Event.SendFails _ -> 0;
    };
  }

  private Step deliver(Transmit transmit, Event event) {
    return switch (event) {
      case Event.Packet packet -> transmit.onPacket(packet.bytes(), packet.bytes().length, nowNs);
      case Event.ReceiveFails failed -> transmit.onReceiveFailed(failed.failure(), nowNs);
      case Event.SendFails failed -> transmit.onSendFailed(failed.failure(), nowNs);
    };
  }

  List<String> log() {
    return log;
  }

  Step.End end() {
    return end;
  }

  double seconds() {
    return (nowNs - startNs) / SECOND_NS;
  }
}
