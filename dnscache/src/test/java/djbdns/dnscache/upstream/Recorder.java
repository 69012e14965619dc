package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Upstream;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver that keeps what it is told. */
final class Recorder implements Upstream.Receiver {
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong reserved = new AtomicLong();
  private volatile boolean sent;

  @Override
  public void onSent() {
    sent = true;
  }

  @Override
  public void onPacket(byte[] packet, int length) {
    events.add(Arrays.copyOf(packet, length));
  }

  @Override
  public void onFailure(SendFailure failure) {
    events.add(failure);
  }

  @Override
  public boolean reserve(int bytes) {
    if (bytes > room.get()) {
      return false;
    }
    room.addAndGet(-bytes);
    reserved.addAndGet(bytes);
    return true;
  }

  /** Lets it hold only so much. */
  void limitTo(long bytes) {
    room.set(bytes);
  }

  long reserved() {
    return reserved.get();
  }

  boolean isSent() {
    return sent;
  }

  byte[] nextPacket() throws InterruptedException {
    return (byte[]) events.take();
  }

  void expect(String text) throws InterruptedException {
    assertEquals(text, new String(nextPacket(), StandardCharsets.US_ASCII));
  }

  void expect(SendFailure failure) throws InterruptedException {
    assertEquals(failure, events.take());
  }

  void expectNothingMore() {
    assertTrue(events.isEmpty(), () -> "unexpected: " + events);
  }
}
