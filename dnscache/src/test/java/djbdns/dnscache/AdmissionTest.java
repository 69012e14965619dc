package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.server.ReplyPath;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionTest {
  private static final int MANY = 100_000;

  private final Admission admission = new Admission();
  private final Outbox outbox = new Outbox(Runnable::run, _ -> {}, new AnswerBudget());

  private ClientQuery query(int client) {
    ClientQuery.Form form = new ClientQuery.Form(1, 0, 1, 1, true, false, false, 512, false);
    return new ClientQuery(1, Name.ROOT, form, Bytes.of((byte) client), new NoPath(), outbox);
  }

  /** As many as are admitted, of those who ask in turn without end. */
  private List<ClientQuery> flood(int clients) {
    List<ClientQuery> admitted = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ClientQuery query = query(i % clients);
      if (admission.admit(query)) {
        admitted.add(query);
      }
    }
    return admitted;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50})
  void shouldLeaveRoomForWhoComesHoweverManyAreGreedy(int greedy) {
    List<ClientQuery> admitted = flood(greedy);
    long each = query(0).heldBytes();
    assertEquals(admitted.size() * each, admission.bytes());
    assertTrue(admission.bytes() <= Admission.MAX_BYTES);
    assertTrue(admission.bytes() >= Admission.MAX_BYTES / 3, "most of it is of use to somebody");
    assertTrue(admission.admit(query(100)));
  }

  @Test
  void shouldHaveAllOfItsRoomAgainWhenTheResolverHasThem() {
    List<ClientQuery> first = flood(3);
    admission.leave(first);
    assertEquals(0, admission.bytes());
    assertEquals(first.size(), flood(3).size());
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
