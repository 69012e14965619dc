package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Addresses;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import djbdns.client.TestCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Lookups that nobody wants any more, and clients that are closed. */
// Counts the descriptors of the process.
@Isolated
final class DnsClientCancellationTest {
  private static final TestCache CACHE = TestCache.of("www.test. 60 A 192.0.2.1");
  private static final Lookup<Addresses> WWW = Lookup.ipv4Addresses("www.test");
  private static final Lookup<Addresses> OTHER = Lookup.ipv4Addresses("other.test");

  /** Released for every query that has come. */
  private final Semaphore arrived = new Semaphore(0);

  /** A server that answers about other.test only. */
  private ScriptedServer server() throws IOException {
    return new ScriptedServer(
        "127.12.50.21",
        query -> {
          boolean isOther = TestCache.questionOf(query).name().toString().equals("other.test");
          arrived.release();
          return isOther ? CACHE.overUdp(query) : List.of();
        },
        CACHE::overTcp);
  }

  /** A client with a single socket: whatever comes through proves that the one before let go. */
  private static DnsClient client(ScriptedServer server) {
    return new DnsClient(
        ClientTests.config("options timeout:30 attempts:5\n", List.of(server.address()))
            .withMaxConcurrent(1));
  }

  private static void assertFree(DnsClient client, ScriptedServer server)
      throws InterruptedException {
    assertInstanceOf(LookupError.NoSuchName.class, ClientTests.error(client.ask(OTHER)));
    // One for the lookup that was cancelled, one for this.
    assertEquals(2, server.sourcePorts().size());
  }

  @Test
  void shouldLetGoWhenTheFutureIsCancelled() throws IOException, InterruptedException {
    try (ScriptedServer server = server();
        DnsClient client = client(server)) {
      CompletableFuture<Outcome<Addresses>> future = client.askAsync(WWW);
      arrived.acquire();
      assertTrue(future.cancel(false));
      assertFree(client, server);
    }
  }

  @Test
  void shouldLetGoWhenTheFutureTimesOut() throws IOException, InterruptedException {
    try (ScriptedServer server = server();
        DnsClient client = client(server)) {
      CompletableFuture<Outcome<Addresses>> future =
          client.askAsync(WWW).orTimeout(50, TimeUnit.MILLISECONDS);
      ExecutionException failure = assertThrows(ExecutionException.class, future::get);
      assertInstanceOf(TimeoutException.class, failure.getCause());
      arrived.acquire();
      assertFree(client, server);
    }
  }

  @Test
  void shouldLetGoWhenTheThreadIsInterrupted() throws IOException, InterruptedException {
    try (ScriptedServer server = server();
        DnsClient client = client(server)) {
      CountDownLatch interrupted = new CountDownLatch(1);
      Thread asking =
          Thread.startVirtualThread(() -> {
            try {
              client.ask(WWW);
            } catch (InterruptedException e) {
              interrupted.countDown();
            }
          });
      arrived.acquire();
      asking.interrupt();
      interrupted.await();
      assertFree(client, server);
    }
  }

  @Test
  void shouldSendNothingForALookupThatIsCancelledWhileItWaits()
      throws IOException, InterruptedException {
    try (ScriptedServer server = server();
        DnsClient client = client(server)) {
      CompletableFuture<Outcome<Addresses>> first = client.askAsync(WWW);
      arrived.acquire();
      client.askAsync(Lookup.addresses("third.test")).cancel(false);
      first.cancel(false);
      assertFree(client, server);
    }
  }

  @Test
  void shouldEndLookupsUnderWayWhenClosed() throws Exception {
    try (ScriptedServer server = server()) {
      DnsClient client = client(server);
      List<CompletableFuture<Outcome<Addresses>>> futures = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        futures.add(client.askAsync(Lookup.addresses("www.test")));
      }
      arrived.acquire();
      client.close();
      for (CompletableFuture<Outcome<Addresses>> future : futures) {
        assertClosed(future.get());
      }
      assertEquals(1, server.sourcePorts().size());
    }
  }

  private static void assertClosed(Outcome<Addresses> outcome) {
    assertEquals("unreachable: client is closed", ClientTests.error(outcome).message());
  }

  @Test
  void shouldRefuseWorkAfterItIsClosed() throws Exception {
    DnsClient client = new DnsClient(ClientTests.config());
    client.close();
    client.close();
    assertClosed(client.ask(WWW));
    assertClosed(client.askAsync(WWW).get());
  }

  @Test
  void shouldCloseEvenIfInterrupted() throws IOException, InterruptedException {
    try (ScriptedServer server = server()) {
      DnsClient client = client(server);
      client.ask(OTHER);
      Thread.currentThread().interrupt();
      client.close();
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void shouldLeaveNoDescriptors() throws Exception {
    try (ScriptedServer server = server()) {
      useAll(server);
      int before = ClientTests.descriptors();
      for (int i = 0; i < 20; i++) {
        useAll(server);
      }
      int after = ClientTests.descriptors();
      // Other tests of this process may open some; 20 clients would have left 100.
      assertTrue(after < before + 20, before + " before, " + after + " after");
    }
  }

  private static void useAll(ScriptedServer server) throws Exception {
    try (DnsClient client = client(server)) {
      client.ask(OTHER);
      client.askAsync(WWW).cancel(true);
      client.ask(WWW, Duration.ofMillis(1));
      client.askAsync(WWW);
    }
  }

  @Test
  void shouldGoOnAfterAFailureOfItsThread() throws Exception {
    try (ScriptedServer server = server()) {
      FailingRandom random = new FailingRandom();
      ClientConfig config = ClientTests.config(server);
      try (DnsClient client =
          new DnsClient(
              new ClientConfig(
                  config.settings(),
                  config.servers(),
                  random,
                  config.deadline(),
                  config.maxConcurrent(),
                  config.transport()))) {
        random.fails = true;
        assertEquals("unreachable: no randomness", ClientTests.error(client.ask(OTHER)).message());
        random.fails = false;
        assertInstanceOf(LookupError.NoSuchName.class, ClientTests.error(client.ask(OTHER)));
      }
    }
  }

  /** As {@link KernelRandom} without descriptors. */
  private static final class FailingRandom implements RandomGenerator {
    private final KernelRandom random = new KernelRandom();
    private volatile boolean fails;

    @Override
    public long nextLong() {
      if (fails) {
        throw new UncheckedIOException(new IOException("no randomness"));
      }
      return random.nextLong();
    }
  }
}
