package djbdns.content;

import djbdns.runtime.ErrorText;
import djbdns.runtime.ServiceEnvironment;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Where a content server has TCP, besides UDP. {@code $TCP} says 1 for everywhere or 0 for nowhere.
 * Directories of the original do not set it: then the server has it wherever nobody else does,
 * since there axfrdns may have the address for TCP.
 */
final class TcpAddresses {
  private final Optional<ContentServer.Neighbour> neighbour;
  private final Logger log;

  TcpAddresses(Optional<ContentServer.Neighbour> neighbour, Logger log) {
    this.neighbour = neighbour;
    this.log = log;
  }

  /** Chooses among the addresses that have UDP; the log tells of those left out unasked. */
  List<InetSocketAddress> choose(ServiceEnvironment environment, List<InetSocketAddress> udp) {
    if (!environment.isOn("TCP", true)) {
      return List.of();
    }
    return environment.get("TCP").isPresent() ? udp : udp.stream().filter(this::isOurs).toList();
  }

  /** True if a neighbour may come later that {@link #choose} has not seen. */
  boolean isContested(ServiceEnvironment environment) {
    return neighbour.isPresent() && environment.get("TCP").isEmpty();
  }

  /** For the log. */
  static String name(InetSocketAddress address) {
    return "TCP of " + AddressText.of(Bytes.of(address.getAddress().getAddress()));
  }

  private boolean isOurs(InetSocketAddress address) {
    String where = name(address);
    Optional<Path> service = neighbour.flatMap(n -> n.servingTcp(address.getAddress()));
    if (service.isPresent()) {
      log.info("{} is left to {}", where, service.get());
      return false;
    }
    if (isTaken(address)) {
      log.warn("{}: warning: another program has {}", log.getName(), where);
      return false;
    }
    return true;
  }

  /** Any other reason not to bind it is told when the server does. */
  private static boolean isTaken(InetSocketAddress address) {
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      probe.bind(address);
      return false;
    } catch (BindException e) {
      return ErrorText.of(e).equals("address already used");
    } catch (IOException e) {
      return false;
    }
  }
}
