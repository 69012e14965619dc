package djbdns.client;

import djbdns.wire.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which caches to ask: {@code $DNSCACHEIP}, else the {@code nameserver} lines of resolv.conf, else
 * 127.0.0.1; at most {@link Transmit#MAX_SERVERS} (dns_rcip.c).
 */
public final class ResolvConf {
  static final String PATH = "/etc/resolv.conf";

  private static final String VARIABLE = "DNSCACHEIP";
  private static final String KEYWORD = "nameserver";
  private static final ServerAddress LOCALHOST =
      new ServerAddress(new byte[] {127, 0, 0, 1}, ServerAddress.DNS_PORT);

  private ResolvConf() {}

  /**
   * The caches of this host, in the order of asking.
   *
   * @throws IOException if resolv.conf exists, is needed and cannot be read
   */
  public static List<ServerAddress> servers(Settings settings) throws IOException {
    Optional<String> variable = settings.variable(VARIABLE);
    List<ServerAddress> servers = variable.isPresent() ? parseVariable(variable.get()) : List.of();
    if (servers.isEmpty()) {
      Optional<String> file = settings.file(PATH);
      servers = file.isPresent() ? parse(file.get()) : List.of();
    }
    return servers.isEmpty() ? List.of(LOCALHOST) : servers;
  }

  /** The value of {@code $DNSCACHEIP} if it has no address, and so is ignored. */
  public static Optional<String> ignoredVariable(Settings settings) {
    return settings
        .variable(VARIABLE)
        .filter(value -> !value.isEmpty() && parseVariable(value).isEmpty());
  }

  /**
   * The value of {@code $DNSCACHEIP}: IPv4 addresses joined by dots, read as far as they go; or, in
   * addition to 1.05, {@link ServerAddress} forms split by commas or blanks.
   */
  static List<ServerAddress> parseVariable(String value) {
    List<ServerAddress> listed = ServerAddress.parseList(value);
    if (!listed.isEmpty()) {
      return firstOf(listed);
    }
    List<ServerAddress> servers = new ArrayList<>();
    byte[] octets = new byte[4];
    int next = 0;
    while (servers.size() < Transmit.MAX_SERVERS) {
      if (next < value.length() && value.charAt(next) == '.') {
        next++;
        continue;
      }
      int end = DottedText.scan(value, next, octets);
      if (end == next) {
        break;
      }
      servers.add(ServerAddress.of(Bytes.of(octets)));
      next = end;
    }
    return servers;
  }

  /**
   * The servers that the text of a resolv.conf names. 0.0.0.0 means this host. In addition to 1.05,
   * IPv6 addresses count.
   */
  public static List<ServerAddress> parse(String text) {
    List<ServerAddress> servers = new ArrayList<>();
    for (String line : Lines.split(text)) {
      if (Lines.hasKeyword(line, KEYWORD)) {
        String value = line.substring(KEYWORD.length()).strip();
        Optional<ServerAddress> server = DottedText.scan(value).map(ServerAddress::of);
        if (server.isEmpty() && value.indexOf(':') >= 0) {
          server = ServerAddress.parse(value);
        }
        if (server.isPresent()) {
          servers.add(server.get().isUnspecified() ? LOCALHOST : server.get());
        }
      }
    }
    return firstOf(servers);
  }

  private static List<ServerAddress> firstOf(List<ServerAddress> servers) {
    return servers.subList(0, Math.min(servers.size(), Transmit.MAX_SERVERS));
  }
}
