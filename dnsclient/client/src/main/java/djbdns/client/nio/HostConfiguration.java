package djbdns.client.nio;

import djbdns.client.Configuration;
import djbdns.client.Settings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@link Configuration} of a host, read again when its files change. For one thread. */
final class HostConfiguration {
  /** The least time between two looks at the files. */
  private static final long CHECK_NS = TimeUnit.SECONDS.toNanos(1);

  private final Settings settings;

  private List<Object> stamps = List.of();
  private List<Configuration> known = List.of();
  private long checkedNs;

  HostConfiguration(Settings settings) {
    this.settings = settings;
  }

  /**
   * The present one.
   *
   * @throws IOException if a file exists, is needed and cannot be read; the next call tries again
   */
  Configuration get(long nowNs) throws IOException {
    if (known.isEmpty() || nowNs - checkedNs >= CHECK_NS) {
      checkedNs = nowNs;
      List<Object> present = Configuration.files(settings).stream().map(settings::stamp).toList();
      if (known.isEmpty() || !present.equals(stamps)) {
        known = List.of();
        known = List.of(Configuration.of(settings));
        stamps = present;
      }
    }
    return known.getFirst();
  }
}
