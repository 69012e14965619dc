package djbdns.tools.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A thread for clients. Runs until the process ends. */
final class ClientLoop {
  private static final int TICK_MS = 1;

  private final Selector selector = Selector.open();
  private final Queue<ServerLoop.Task> tasks = new ConcurrentLinkedQueue<>();
  private final List<Client> clients = new ArrayList<>();

  ClientLoop(String name) throws IOException {
    Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  void add(List<? extends Client> added) {
    tasks.add(() -> {
      for (Client client : added) {
        client.open(selector);
      }
      clients.addAll(added);
    });
  }

  /** Ends these clients. */
  void remove(List<? extends Client> removed) {
    tasks.add(() -> {
      for (Client client : removed) {
        client.close();
      }
      clients.removeAll(removed);
    });
  }

  private void run() {
    try {
      while (true) {
        selector.select(ClientLoop::serve, TICK_MS);
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        long now = System.nanoTime();
        for (Client client : clients) {
          client.tick(now);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(SelectionKey key) {
    try {
      ((ServerLoop.Task) key.attachment()).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
