package djbdns.tools;

import java.util.List;

/** The tools of this module by name, for what is made of all of them. */
final class Tools {
  private Tools() {}

  /** Every name, in alphabetical order. */
  static List<String> names() {
    return List.of(
        "cachetest",
        "dnsfilter",
        "dnsip",
        "dnsip6",
        "dnsipq",
        "dnsmx",
        "dnsname",
        "dnsq",
        "dnsqr",
        "dnstrace",
        "dnstracesort",
        "dnstxt",
        "random-ip",
        "utime");
  }

  /**
   * The tool of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Tool of(String name) {
    return switch (name) {
      case "cachetest" -> new Cachetest();
      case "dnsfilter" -> new Dnsfilter();
      case "dnsip" -> new Dnsip();
      case "dnsip6" -> new Dnsip6();
      case "dnsipq" -> new Dnsipq();
      case "dnsmx" -> new Dnsmx();
      case "dnsname" -> new Dnsname();
      case "dnsq" -> new Dnsq();
      case "dnsqr" -> new Dnsqr();
      case "dnstrace" -> new Dnstrace();
      case "dnstracesort" -> new Dnstracesort();
      case "dnstxt" -> new Dnstxt();
      case "random-ip" -> new RandomIp();
      case "utime" -> new Utime();
      default -> throw new IllegalArgumentException("no tool: " + name);
    };
  }
}
