package djbdns.dnscache.upstream;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.dnscache.resolve.Upstream.Exchange;
import djbdns.server.EventLoops;
import djbdns.server.ServiceLoop;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** An upstream on a loop of its own. */
final class UpstreamFixture implements AutoCloseable {
  static final int SOCKETS = 4000;

  static final Cause CAUSE =
      new Cause(Bytes.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), Name.ROOT);

  private final EventLoops loops = new EventLoops(1);
  private final ServiceLoop loop = loops.all().getFirst();
  private final NettyUpstream upstream;

  UpstreamFixture() {
    this(new UpstreamConfig(Optional.empty(), Optional.empty(), true, true, SOCKETS));
  }

  UpstreamFixture(UpstreamConfig config) {
    upstream = new NettyUpstream(loop, config, new SecureRandom());
  }

  Exchange send(Transport transport, ServerAddress server, String query, Recorder recorder) {
    return send(transport, server, query, CAUSE, recorder);
  }

  Exchange send(
      Transport transport, ServerAddress server, String query, Cause cause, Recorder recorder) {
    byte[] bytes = query.getBytes(StandardCharsets.US_ASCII);
    return onLoop(() -> {
      Exchange exchange = upstream.send(transport, server, bytes, bytes.length, cause, recorder);
      recorder.expectNothingMore();
      return exchange;
    });
  }

  void close(Exchange exchange) {
    onLoop(() -> {
      exchange.close();
      return true;
    });
  }

  void giveWay(Exchange exchange) {
    onLoop(() -> {
      exchange.giveWay();
      return true;
    });
  }

  NettyUpstream upstream() {
    return upstream;
  }

  int openSockets() {
    return onLoop(upstream::openSockets);
  }

  long gatheredBytes() {
    return onLoop(upstream::gatheredBytes);
  }

  <T> T onLoop(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.execute(() -> {
      try {
        done.complete(work.call());
      } catch (Throwable e) {
        done.completeExceptionally(e);
      }
    });
    return done.join();
  }

  /** Open sockets of this process. */
  static long sockets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(UpstreamFixture::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed meanwhile, as the directory stream itself.
      return false;
    }
  }

  @Override
  public void close() {
    loops.close();
  }
}
