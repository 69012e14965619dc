package djbdns.tools;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The tools of this module by name, for what is made of all of them. */
final class Tools {
  private static final Map<String, Supplier<Tool>> ALL =
      Map.ofEntries(
          Map.entry("cachetest", Cachetest::new),
          Map.entry("dnsfilter", Dnsfilter::new),
          Map.entry("dnsip", Dnsip::new),
          Map.entry("dnsip6", Dnsip6::new),
          Map.entry("dnsipq", Dnsipq::new),
          Map.entry("dnsmx", Dnsmx::new),
          Map.entry("dnsname", Dnsname::new),
          Map.entry("dnsq", Dnsq::new),
          Map.entry("dnsqr", Dnsqr::new),
          Map.entry("dnstrace", Dnstrace::new),
          Map.entry("dnstracesort", Dnstracesort::new),
          Map.entry("dnstxt", Dnstxt::new),
          Map.entry("random-ip", RandomIp::new),
          Map.entry("utime", Utime::new));

  private Tools() {}

  /** Every name, in alphabetical order. */
  static List<String> names() {
    return ALL.keySet().stream().sorted().toList();
  }

  /**
   * The tool of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Tool of(String name) {
    return Optional.ofNullable(ALL.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no tool: " + name))
        .get();
  }
}
