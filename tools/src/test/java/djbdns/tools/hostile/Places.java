package djbdns.tools.hostile;

/** Where everybody is: servers in 10.0.0.0/8, as numbers; the resolver and its clients as text. */
final class Places {
  static final int ROOT = ip(10, 0, 0, 1);

  /** Serves every top-level domain of the attackers, but {@link #MUTE_TOP}'s. */
  static final int HOSTILE_TOP = ip(10, 0, 0, 2);

  static final int HONEST_TOP = ip(10, 0, 1, 1);
  static final int HONEST = ip(10, 0, 1, 2);

  /** An honest server that others point at. */
  static final int VICTIM = ip(10, 0, 1, 3);

  static final int MUTE = ip(10, 0, 2, 1);

  /** Serves the top-level domain of the mute, and nobody else's. */
  static final int MUTE_TOP = ip(10, 0, 2, 5);

  static final int HUGE = ip(10, 0, 2, 2);
  static final int ALIAS = ip(10, 0, 2, 3);
  static final int LIAR = ip(10, 0, 2, 4);

  /** Each of these groups has {@link #GROUP} addresses from here. */
  static final int REFUSING = ip(10, 16, 0, 0);

  static final int FAILING = ip(10, 17, 0, 0);
  static final int NAMING = ip(10, 18, 0, 0);
  static final int GROUP = 128;

  /** From here on nobody answers, as everywhere in 10.0.0.0/8 where nobody is. */
  static final int SILENT = ip(10, 64, 0, 0);

  static final String SERVER_NETWORK = "10.0.0.0/8";
  static final String RESOLVER = "127.33.3.1";
  static final String RESOLVER_IPV6 = "::1";

  /** Attackers of IPv6 have their addresses in it. */
  static final String CLIENT_NETWORK_IPV6 = "fd00:77::";

  private Places() {}

  static int ip(int a, int b, int c, int d) {
    return a << 24 | b << 16 | c << 8 | d;
  }

  static String text(int address) {
    return (address >>> 24)
        + "."
        + (address >> 16 & 0xff)
        + "."
        + (address >> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
