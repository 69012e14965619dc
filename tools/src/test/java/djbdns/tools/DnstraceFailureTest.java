package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.record;
import static djbdns.tools.Answers.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** dnstrace beside the original where servers fail or are slow. Most of its time is waiting. */
final class DnstraceFailureTest {
  private static final String FAILING = "127.12.30.6";
  private static final String FORGETFUL = "127.12.30.7";
  private static final String NOBODY = "127.12.30.9";

  private static final List<ScriptedServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Commands.assumeOriginals();
    SERVERS.add(ScriptedServer.start(FAILING, 53, new FailingScript()));
    SERVERS.add(ScriptedServer.start(FORGETFUL, 53, new Forgetful()));
  }

  @AfterAll
  static void stop() throws IOException {
    for (ScriptedServer server : SERVERS) {
      server.close();
    }
  }

  /** Answers every other query only. */
  private static final class Forgetful implements Script {
    private boolean forgets;

    @Override
    public List<byte[]> overUdp(byte[] query) {
      forgets = !forgets;
      return forgets
          ? List.of()
          : List.of(reply(query, 0x0400, 1, 0, 0, record(1, 1, bytes(10, 0, 0, 1))));
    }

    @Override
    public List<byte[]> overTcp(byte[] query) {
      return List.of();
    }
  }

  @Test
  void shouldFailAsTheOriginal() throws Exception {
    List<Invocation> invocations = new ArrayList<>();
    invocations.add(TraceComparison.trace(Map.of(), "a", "x.y", NOBODY));
    invocations.add(TraceComparison.trace(Map.of(), "a", "r2.test", FAILING));
    invocations.add(TraceComparison.trace(Map.of(), "a", "r5.test", FAILING));
    for (int i = 0; i < FailingScript.COUNT; i++) {
      invocations.add(TraceComparison.trace(Map.of(), "a", "f" + i + ".test", FAILING));
    }
    TraceComparison.assertSame(invocations);
  }

  @Test
  void shouldSayThatAServerIsSlow() throws Exception {
    Invocation invocation = TraceComparison.trace(Map.of(), "a", "slow.test", FORGETFUL);
    Outcome expected = TraceComparison.original(invocation);
    assertTrue(expected.output().contains("took more than 1 second"), expected::output);
    assertEquals(expected, TraceComparison.ours(invocation));
  }
}
