package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.rdata.Soa;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The records of one owner and type, as a zone has them.
 *
 * @param ttlSeconds as sent, all 32 bits of it
 * @param data of each record, in wire form, uncompressed
 */
public record Records(Name owner, int type, long ttlSeconds, List<byte[]> data) {
  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int DNAME = 39;
  public static final int DS = 43;
  public static final int HTTPS = 65;

  public Records {
    data = List.copyOf(data);
  }

  /** Addresses, each as the A or AAAA record that fits it. */
  public static Records address(Name owner, long ttlSeconds, ServerAddress address) {
    return new Records(owner, address.isIpv6() ? AAAA : A, ttlSeconds, List.of(address.address()));
  }

  /** Records whose data are a name each: NS, CNAME, DNAME. */
  public static Records names(Name owner, int type, long ttlSeconds, List<Name> targets) {
    List<byte[]> data = new ArrayList<>();
    for (Name target : targets) {
      data.add(target.toWire());
    }
    return new Records(owner, type, ttlSeconds, data);
  }

  /** A TXT record of one string. */
  public static Records text(Name owner, long ttlSeconds, String text) {
    byte[] data = new byte[1 + text.length()];
    data[0] = (byte) text.length();
    for (int i = 0; i < text.length(); i++) {
      data[1 + i] = (byte) text.charAt(i);
    }
    return new Records(owner, TXT, ttlSeconds, List.of(data));
  }

  /** A zone's SOA record. */
  public static Records soa(Name apex, long ttlSeconds, long minimumSeconds) {
    Soa soa =
        new Soa(
            Names.child("primary", apex),
            Names.child("contact", apex),
            1,
            3600,
            900,
            86_400,
            minimumSeconds);
    return new Records(apex, SOA, ttlSeconds, List.of(soa.toWire().toArray()));
  }

  /** The same records of another owner: what a wildcard gives. */
  Records of(Name newOwner) {
    return new Records(newOwner, type, ttlSeconds, data);
  }

  /** The names that the data are, for NS, CNAME and DNAME. */
  List<Name> targets() {
    return data.stream().map(bytes -> Name.ofWire(bytes, 0)).toList();
  }

  /** True if both have the same data, in any order. */
  boolean sameData(List<byte[]> others) {
    return others.size() == data.size() && distinct(others).equals(distinct(data));
  }

  private static Set<Bytes> distinct(List<byte[]> all) {
    return all.stream().map(Bytes::of).collect(Collectors.toSet());
  }
}
