package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/**
 * Where a gateway or relay is, in as many forms as its kind has (RFC 4025, 2.5; RFC 8777, 4.2.4).
 */
final class Gateway implements OwnField {
  /** Kinds from 0 to here are known. */
  static final int MAX_KIND = 3;

  private static final Gateway NOWHERE = new Gateway();

  private Gateway() {}

  /**
   * Hands a gateway over.
   *
   * @param kind 0: none, a dot in text; 1: an IPv4 address; 2: an IPv6 address; 3: a name
   */
  static <E extends Exception> void copy(int kind, RdataSource<E> in, RdataSink out) throws E {
    switch (kind) {
      case 0 -> Field.copy(NOWHERE, in, out);
      case 1 -> out.ipv4(in.ipv4());
      case 2 -> out.ipv6(in.ipv6());
      case MAX_KIND -> out.name(in.name());
      default -> throw new IllegalArgumentException("gateway type " + kind + " is not in 0 to 3");
    }
  }

  @Override
  public Bytes read(PacketReader reader) {
    return Bytes.EMPTY;
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    if (!word.equals(".")) {
      throw new MalformedTextException("gateway of type 0 is not a dot: " + word);
    }
    return Bytes.EMPTY;
  }

  @Override
  public String toText(Bytes wire) {
    return ".";
  }
}
