package djbdns.client;

import java.io.IOException;
import java.util.List;

/**
 * How this host wants its names looked up.
 *
 * @param servers the caches, in the order of asking; at least one
 * @param qualifier makes full names of what a person types
 * @param schedule when to give up waiting
 */
public record Configuration(
    List<ServerAddress> servers, Qualifier qualifier, RetrySchedule schedule) {
  public Configuration {
    servers = List.copyOf(servers);
  }

  /**
   * Reads {@code $DNSCACHEIP}, resolv.conf with its options {@code ndots}, {@code timeout} and
   * {@code attempts}, {@code $DNSREWRITEFILE} or /etc/dnsrewrite, {@code $LOCALDOMAIN} and the
   * host's name, as far as each is needed.
   *
   * @throws IOException if a file exists, is needed and cannot be read
   */
  public static Configuration of(Settings settings) throws IOException {
    ResolverOptions options = ResolverOptions.of(settings);
    return new Configuration(
        ResolvConf.servers(settings),
        Qualifier.of(settings).withDots(options.ndots()),
        options.schedule());
  }

  /** The files that {@link #of} may read. */
  public static List<String> files(Settings settings) {
    return List.of(ResolvConf.PATH, Qualifier.rulesPath(settings));
  }

  /** The same with other caches. */
  public Configuration withServers(List<ServerAddress> others) {
    return new Configuration(others, qualifier, schedule);
  }
}
