package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SharesTest {
  /** A question, told from others by its identity. */
  private record Question(int client, Object identity) {
    static Question of(int client) {
      return new Question(client, new Object());
    }
  }

  private static Optional<Question> add(Shares<Question> shares, Question question) {
    return shares.add(Bytes.of((byte) question.client()), question);
  }

  @Test
  void shouldDropTheOldestOfTheGreediestClient() {
    Shares<Question> shares = new Shares<>(4, 100);
    Question first = Question.of(1);
    add(shares, Question.of(2));
    add(shares, first);
    add(shares, Question.of(1));
    add(shares, Question.of(1));

    assertEquals(Optional.of(first), add(shares, Question.of(3)));
    assertEquals(4, shares.count());
  }

  @Test
  void shouldDropAClientsOwnOldestBeyondItsShare() {
    Shares<Question> shares = new Shares<>(100, 2);
    Question first = Question.of(1);
    add(shares, first);
    add(shares, Question.of(1));
    assertEquals(Optional.empty(), add(shares, Question.of(2)));
    assertEquals(Optional.of(first), add(shares, Question.of(1)));
  }

  @Property(tries = 300)
  void shouldNeverTakeFromAClientWithLessThanAnother(
      @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> clients) {
    Shares<Question> shares = new Shares<>(20, 15);
    Map<Integer, List<Question>> held = new HashMap<>();
    for (int client : clients) {
      Question added = Question.of(client);
      held.computeIfAbsent(client, c -> new ArrayList<>()).add(added);
      Optional<Question> victim = add(shares, added);
      victim.ifPresent(dropped -> takeAway(held, dropped));
    }
    int left = held.values().stream().mapToInt(List::size).sum();
    assertEquals(left, shares.count());
    assertTrue(left <= 20);
  }

  private static void takeAway(Map<Integer, List<Question>> held, Question dropped) {
    int most = held.values().stream().mapToInt(List::size).max().orElseThrow();
    List<Question> loser = held.get(dropped.client());
    assertEquals(dropped, loser.getFirst(), "the oldest goes");
    assertEquals(most, loser.size(), "the client with the most loses");
    loser.removeFirst();
  }

  @Test
  void shouldForgetWhatIsRemoved() {
    Shares<Question> shares = new Shares<>(10, 10);
    Question one = Question.of(1);
    add(shares, one);
    shares.remove(Bytes.of((byte) 1), one);
    shares.remove(Bytes.of((byte) 1), one);
    assertEquals(0, shares.count());
  }
}
