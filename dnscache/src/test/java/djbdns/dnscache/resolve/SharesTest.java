package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SharesTest {
  private static final long PLENTY = Long.MAX_VALUE;

  private final List<Question> dropped = new ArrayList<>();

  private final class Question extends Shares.Question {
    private final long size;

    private Question(int client, long size) {
      super(Bytes.of((byte) client));
      this.size = size;
    }

    @Override
    void dropped() {
      dropped.add(this);
    }
  }

  private Question add(Shares shares, int client, long bytes) {
    Question question = new Question(client, bytes);
    shares.add(question, bytes);
    shares.enforce(question.client());
    return question;
  }

  private static Shares counting(int questions, int perClient) {
    return new Shares(new Shares.Most(questions, perClient, PLENTY, PLENTY));
  }

  private static Shares weighing(long bytes, long perClient) {
    return new Shares(new Shares.Most(1000, 1000, bytes, perClient));
  }

  @Test
  void shouldDropTheOldestOfTheGreediestClient() {
    Shares shares = counting(4, 100);
    add(shares, 2, 1);
    Question first = add(shares, 1, 1);
    add(shares, 1, 1);
    add(shares, 1, 1);

    add(shares, 3, 1);

    assertEquals(List.of(first), dropped);
    assertEquals(4, shares.count());
  }

  @Test
  void shouldDropAClientsOwnOldestBeyondItsShare() {
    Shares shares = counting(100, 2);
    Question first = add(shares, 1, 1);
    add(shares, 1, 1);
    add(shares, 2, 1);
    assertEquals(List.of(), dropped);

    add(shares, 1, 1);

    assertEquals(List.of(first), dropped);
  }

  @Test
  void shouldTakeBytesFromWhoeverHoldsTheMost() {
    Shares shares = weighing(1000, 1000);
    for (int i = 0; i < 10; i++) {
      add(shares, 1, 10);
    }
    Question large = add(shares, 2, 10);
    shares.charge(large, 790);
    shares.enforce(large.client());
    assertEquals(List.of(), dropped);

    add(shares, 1, 200);

    assertEquals(List.of(large), dropped, "few questions, but many bytes");
    assertEquals(300, shares.bytes());
  }

  @Test
  void shouldDropAsManyAsItTakes() {
    Shares shares = weighing(1000, 1000);
    List<Question> greedy = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      greedy.add(add(shares, 1, 100));
    }

    Question modest = add(shares, 2, 350);

    assertEquals(greedy.subList(0, 2), dropped);
    assertEquals(350, modest.bytes());
    assertEquals(950, shares.bytes());
  }

  @Test
  void shouldKeepAClientWithinItsBytesThoughThereIsRoom() {
    Shares shares = weighing(1000, 300);
    Question first = add(shares, 1, 200);
    Question second = add(shares, 1, 50);
    shares.charge(second, 100);
    shares.enforce(second.client());
    assertEquals(List.of(first), dropped);

    shares.charge(second, 200);
    shares.enforce(second.client());

    assertEquals(List.of(first, second), dropped, "even its only one");
    assertEquals(0, shares.bytes());
  }

  @Test
  void shouldNotChargeForWhatIsGone() {
    Shares shares = weighing(100, 100);
    Question gone = add(shares, 1, 10);
    shares.remove(gone);
    shares.remove(gone);
    shares.charge(gone, 1_000);
    shares.enforce(gone.client());
    assertEquals(0, shares.bytes());
    assertEquals(0, shares.count());
    assertEquals(List.of(), dropped);
  }

  /** Questions by client, oldest first. */
  private static long total(List<Question> questions) {
    return questions.stream().mapToLong(Question::bytes).sum();
  }

  @Property(tries = 300)
  void shouldNeverTakeFromAClientWithLessThanAnother(
      @ForAll @Size(max = 200) List<@IntRange(max = 29) Integer> events) {
    dropped.clear();
    Shares shares = weighing(100, 80);
    Map<Integer, List<Question>> held = new HashMap<>();
    for (int event : events) {
      int client = event % 5;
      Question added = new Question(client, 1 + event);
      held.computeIfAbsent(client, unknown -> new ArrayList<>()).add(added);
      shares.add(added, 1 + event);
      Map<Integer, Long> before = new HashMap<>();
      held.forEach((holder, questions) -> before.put(holder, total(questions)));
      shares.enforce(added.client());
      for (Question victim : dropped) {
        int loser = victim.client().at(0);
        assertEquals(victim, held.get(loser).removeFirst(), "the oldest goes");
        long least = Math.min(Collections.max(before.values()), 81);
        assertTrue(before.get(loser) >= least, loser + " of " + before);
        before.put(loser, before.get(loser) - victim.size);
      }
      dropped.clear();
    }
    long left = held.values().stream().mapToLong(SharesTest::total).sum();
    assertEquals(left, shares.bytes());
    assertTrue(left <= 100);
  }
}
