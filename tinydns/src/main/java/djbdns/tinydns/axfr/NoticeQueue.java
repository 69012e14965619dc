package djbdns.tinydns.axfr;

import djbdns.client.ServerAddress;
import djbdns.runtime.ErrorText;
import djbdns.tsig.TsigKey;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/**
 * The notices for one secondary, zone by zone. A message is repeated until it is answered, up to
 * four times; if it is not, the rest is given up as well, since the secondary asks by itself before
 * long. For use by any thread.
 */
final class NoticeQueue {
  /** Whoever serves the same data beside us gets this time to see that they are new. */
  private static final int DELAY_MS = 1000;

  /** The time that each message waits for its answer, as queries of the original's library do. */
  private static final int[] TIMEOUTS_MS = {1000, 3000, 11_000, 45_000};

  private final ServerAddress secondary;
  private final List<InetAddress> sources;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Logger log;
  private final SequencedMap<Name, Optional<TsigKey>> waiting = new LinkedHashMap<>();
  private boolean running;

  NoticeQueue(
      ServerAddress secondary,
      List<InetAddress> sources,
      RandomGenerator random,
      InstantSource clock,
      Logger log) {
    this.secondary = secondary;
    this.sources = List.copyOf(sources);
    this.random = random;
    this.clock = clock;
    this.log = log;
  }

  /** The secondary is to be told of a zone. */
  synchronized void add(Name zone, Optional<TsigKey> key) {
    waiting.put(zone, key);
    if (!running) {
      running = true;
      Thread.ofVirtual().name("notify").start(this::run);
    }
  }

  private synchronized Optional<Map.Entry<Name, Optional<TsigKey>>> take() {
    if (waiting.isEmpty()) {
      running = false;
      return Optional.empty();
    }
    return Optional.of(waiting.pollFirstEntry());
  }

  private void run() {
    boolean isDone = false;
    try {
      TimeUnit.MILLISECONDS.sleep(DELAY_MS);
      for (var next = take(); next.isPresent(); next = take()) {
        tell(next.get().getKey(), next.get().getValue());
      }
      isDone = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!isDone) {
        stopped();
      }
    }
  }

  /** The thread has come to an end that nobody foresaw: the next zone starts another. */
  private synchronized void stopped() {
    running = false;
  }

  private void tell(Name zone, Optional<TsigKey> key) {
    try (DatagramSocket socket = new DatagramSocket(source())) {
      socket.connect(secondary.toSocketAddress());
      Rcode rcode = exchange(socket, zone, key);
      if (rcode.equals(Rcode.NOERROR)) {
        log.info("notify {} {}", secondary, zone);
      } else {
        warn(zone, rcode.toString());
      }
    } catch (IOException e) {
      warn(zone, ErrorText.of(e));
      giveUp();
    }
  }

  private void warn(Name zone, String why) {
    log.warn("axfrdns: warning: unable to notify {} of {}: {}", secondary, zone, why);
  }

  private synchronized void giveUp() {
    if (!waiting.isEmpty()) {
      log.warn("axfrdns: warning: unable to notify {} of {} more zones", secondary, waiting.size());
      waiting.clear();
    }
  }

  private InetSocketAddress source() {
    return sources.stream()
        .filter(source -> source.getAddress().length == secondary.addressLength())
        .findFirst()
        .map(source -> new InetSocketAddress(source, 0))
        .orElse(new InetSocketAddress(0));
  }

  private Rcode exchange(DatagramSocket socket, Name zone, Optional<TsigKey> key)
      throws IOException {
    List<Notice> sent = new ArrayList<>();
    for (int timeoutMs : TIMEOUTS_MS) {
      Notice notice = new Notice(random.nextInt() & 0xffff, zone, key, nowSeconds());
      byte[] bytes = notice.toBytes();
      socket.send(new DatagramPacket(bytes, bytes.length));
      sent.add(notice);
      Optional<Rcode> rcode = await(socket, sent, timeoutMs);
      if (rcode.isPresent()) {
        return rcode.get();
      }
    }
    throw new SocketTimeoutException();
  }

  /** Waits for an answer to any of the messages: a secondary may take its time. */
  private Optional<Rcode> await(DatagramSocket socket, List<Notice> sent, int timeoutMs)
      throws IOException {
    DatagramPacket packet =
        new DatagramPacket(new byte[Limits.EDNS_UDP_BYTES], Limits.EDNS_UDP_BYTES);
    long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    while (true) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
      if (leftMs <= 0) {
        return Optional.empty();
      }
      socket.setSoTimeout((int) leftMs);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      } catch (PortUnreachableException e) {
        // The secondary may be starting just now.
        pause(leftMs);
        return Optional.empty();
      }
      Optional<Rcode> rcode =
          sent.stream()
              .flatMap(notice ->
                  notice.answer(packet.getData(), packet.getLength(), nowSeconds()).stream())
              .findFirst();
      if (rcode.isPresent()) {
        return rcode;
      }
    }
  }

  private static void pause(long durationMs) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(durationMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
