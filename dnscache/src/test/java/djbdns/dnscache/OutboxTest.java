package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.server.ReplyPath;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class OutboxTest {
  private static final int LARGE_BYTES = 60_000;

  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Outbox.Delivery> delivered = new ArrayList<>();
  private final AnswerBudget budget = new AnswerBudget();
  private final Outbox outbox = new Outbox(tasks::add, delivered::addAll, budget);

  private static Answer large() {
    Rrset set = new Rrset(Name.ROOT, 16, 0, new byte[LARGE_BYTES]);
    return new Answer(Rcode.NOERROR, List.of(set), Optional.empty(), OptionalInt.empty());
  }

  private void answer(Answer answer) {
    ClientQuery.Form form = new ClientQuery.Form(1, 0, 1, 1, true, false, false, 512, false);
    new ClientQuery(1, Name.ROOT, form, Bytes.EMPTY, new NoPath(), outbox).answered(answer);
  }

  private void run() {
    List.copyOf(tasks).forEach(Runnable::run);
    tasks.clear();
  }

  private long answers() {
    return delivered.stream().filter(one -> one.answer().isPresent()).count();
  }

  @Test
  void shouldHoldBoundedBytesUntilTheyAreDelivered() {
    for (int i = 0; i < 1_000; i++) {
      answer(large());
      assertTrue(budget.bytes() <= AnswerBudget.MAX_BYTES);
    }
    outbox.flush();
    run();
    assertEquals(1_000, delivered.size());
    assertEquals(AnswerBudget.MAX_BYTES / LARGE_BYTES, answers());
    assertEquals(0, budget.bytes());
    delivered.clear();
    answer(large());
    outbox.flush();
    run();
    assertEquals(1, answers());
  }

  @Test
  void shouldHandOverWhatIsMuchAtOnce() {
    for (int i = 0; i < 5; i++) {
      answer(large());
    }
    assertEquals(1, tasks.size());
  }

  @Test
  void shouldCountAnAnswerForManyOnce() {
    Answer shared = large();
    for (int i = 0; i < 500; i++) {
      answer(shared);
    }
    assertTrue(budget.bytes() < 2 * LARGE_BYTES + 500 * 300, () -> budget.bytes() + " bytes");
  }

  private static final class NoPath implements ReplyPath {
    @Override
    public void send(PacketWriter response) {}

    @Override
    public void abandon() {}

    @Override
    public boolean isOpen() {
      return true;
    }
  }
}
