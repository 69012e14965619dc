package djbdns.tinydns.rules;

import djbdns.wire.AddressPrefix;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The addresses that a rule for a connection may have, best first, in the order of tcpserver
 * (rules.c of ucspi-tcp 0.88).
 *
 * <pre>
 * info@ip  info@=host  ip  =host  blocks of ip, longest first  =.suffixes of host  =  (nothing)
 * </pre>
 *
 * Blocks are {@code a.b.c.}, {@code a.b.} and {@code a.}, and, which is an addition, those with a
 * length, {@code a.b.c.0/24}; the one with a dot comes before the other of the same length.
 *
 * @param ip the client's address as text
 * @param host its name, if it is known
 * @param info what its ident server says, if it was asked
 */
record RuleAddresses(String ip, Optional<String> host, Optional<String> info) {
  private static final int MAPPED_START = 12;

  /** The client's address alone. */
  static RuleAddresses of(Bytes address) {
    return new RuleAddresses(AddressText.of(plain(address)), Optional.empty(), Optional.empty());
  }

  /** An IPv4 address in the form of an IPv6 address is an IPv4 address. */
  private static Bytes plain(Bytes address) {
    return new AddressPrefix(address, 8 * address.length()).isMappedIpv4()
        ? Bytes.of(Arrays.copyOfRange(address.toArray(), MAPPED_START, AddressText.IPV6_BYTES))
        : address;
  }

  /** Made one by one, as they are asked for. */
  Stream<String> inOrder() {
    Optional<Bytes> address = AddressText.parse(ip).map(RuleAddresses::plain);
    // The form in which tcprules stores it; other forms of an IPv6 address are the caller's choice.
    Stream<String> exact =
        Stream.concat(Stream.of(ip), address.map(AddressText::of).stream()).distinct();
    return Stream.of(
            info.stream().map(user -> user + "@" + ip),
            info.stream().flatMap(user -> host.stream().map(name -> user + "@=" + name)),
            exact,
            host.stream().map(name -> "=" + name),
            address.map(RuleAddresses::blocks).orElseGet(this::dotted),
            host.stream().flatMap(RuleAddresses::suffixes),
            host.stream().map(_ -> "="),
            Stream.of(""))
        .flatMap(addresses -> addresses);
  }

  /** For a text that is no address: its beginnings that end with a dot. */
  private Stream<String> dotted() {
    return IntStream.rangeClosed(1, ip.length())
        .map(i -> ip.length() + 1 - i)
        .filter(length -> ip.charAt(length - 1) == '.')
        .mapToObj(length -> ip.substring(0, length));
  }

  private static Stream<String> blocks(Bytes address) {
    String text = AddressText.of(address);
    int most = 8 * address.length();
    return IntStream.rangeClosed(0, most)
        .map(i -> most - i)
        .boxed()
        .flatMap(bits -> Stream.concat(octets(text, bits).stream(), block(address, bits)));
  }

  private static Stream<String> block(Bytes address, int bits) {
    return Stream.of(new AddressPrefix(address, bits).toString());
  }

  /** The first octets with a dot behind them, if the prefix consists of one, two or three. */
  private static Optional<String> octets(String text, int bits) {
    if (text.indexOf(':') >= 0 || bits % 8 != 0 || bits == 0 || bits == 32) {
      return Optional.empty();
    }
    int end = 0;
    for (int i = 0; i < bits / 8; i++) {
      end = text.indexOf('.', end) + 1;
    }
    return Optional.of(text.substring(0, end));
  }

  private static Stream<String> suffixes(String name) {
    return IntStream.range(0, name.length())
        .filter(i -> name.charAt(i) == '.')
        .mapToObj(i -> "=" + name.substring(i));
  }
}
