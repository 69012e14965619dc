package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import java.util.List;

/**
 * One parameter of a service (RFC 9460, 2.2).
 *
 * <pre>
 * +--------+-----------------+-------+
 * | key 16 | bytes of value 16 | value |
 * +--------+-----------------+-------+
 * </pre>
 *
 * The constructors throw {@link IllegalArgumentException} for a value that the key does not allow.
 */
public sealed interface SvcParam {
  SvcParamKey key();

  /** The value in wire form. */
  Bytes value();

  /** Keys that a client must understand to use the record (RFC 9460, 8). */
  record Mandatory(List<SvcParamKey> keys) implements SvcParam {
    public Mandatory {
      keys = List.copyOf(keys);
      SvcParams.checkAscending(keys);
      if (keys.isEmpty() || keys.contains(SvcParamKey.MANDATORY)) {
        throw new IllegalArgumentException("bad list of mandatory keys");
      }
    }

    @Override
    public SvcParamKey key() {
      return SvcParamKey.MANDATORY;
    }

    @Override
    public Bytes value() {
      ByteSink out = new ByteSink();
      keys.forEach(key -> out.u16(key.code()));
      return out.toBytes();
    }
  }

  /** Protocols that the service speaks, 1 to 255 bytes each (RFC 9460, 7.1). */
  record Alpn(List<Bytes> protocols) implements SvcParam {
    public Alpn {
      protocols = List.copyOf(protocols);
      if (protocols.isEmpty()) {
        throw new IllegalArgumentException("empty alpn");
      }
      protocols.forEach(protocol -> Codes.checkLength(protocol, 1, 255));
    }

    @Override
    public SvcParamKey key() {
      return SvcParamKey.ALPN;
    }

    @Override
    public Bytes value() {
      ByteSink out = new ByteSink();
      out.strings(protocols);
      return out.toBytes();
    }
  }

  /** The scheme's usual protocol is not spoken (RFC 9460, 7.1). */
  record NoDefaultAlpn() implements SvcParam {
    @Override
    public SvcParamKey key() {
      return SvcParamKey.NO_DEFAULT_ALPN;
    }

    @Override
    public Bytes value() {
      return Bytes.EMPTY;
    }
  }

  /** The port, 0 to 65535 (RFC 9460, 7.2). */
  record Port(int port) implements SvcParam {
    public Port {
      Codes.checkU16(port);
    }

    @Override
    public SvcParamKey key() {
      return SvcParamKey.PORT;
    }

    @Override
    public Bytes value() {
      return Bytes.of((byte) (port >> 8), (byte) port);
    }
  }

  /** Addresses of 4 bytes to try before the target's own are known (RFC 9460, 7.3). */
  record Ipv4Hint(List<Bytes> addresses) implements SvcParam {
    public Ipv4Hint {
      addresses = checkAddresses(addresses, AddressText.IPV4_BYTES);
    }

    @Override
    public SvcParamKey key() {
      return SvcParamKey.IPV4HINT;
    }

    @Override
    public Bytes value() {
      return concat(addresses);
    }
  }

  /** A list of Encrypted ClientHello configurations (RFC 9848); other servers load an empty one. */
  record Ech(Bytes configs) implements SvcParam {
    public Ech {
      Codes.checkLength(configs, 0, 0xffff);
    }

    @Override
    public SvcParamKey key() {
      return SvcParamKey.ECH;
    }

    @Override
    public Bytes value() {
      return configs;
    }
  }

  /** Addresses of 16 bytes to try before the target's own are known (RFC 9460, 7.3). */
  record Ipv6Hint(List<Bytes> addresses) implements SvcParam {
    public Ipv6Hint {
      addresses = checkAddresses(addresses, AddressText.IPV6_BYTES);
    }

    @Override
    public SvcParamKey key() {
      return SvcParamKey.IPV6HINT;
    }

    @Override
    public Bytes value() {
      return concat(addresses);
    }
  }

  /** Any key that is not one of the above. */
  record Generic(SvcParamKey key, Bytes value) implements SvcParam {
    public Generic {
      Codes.checkLength(value, 0, 0xffff);
      if (key.code() <= SvcParamKey.IPV6HINT.code()) {
        throw new IllegalArgumentException(key + " has a form of its own");
      }
    }
  }

  /**
   * True if a key whose value is any bytes to readers of packets has one that its RFC allows:
   * {@code dohpath} a URI template with the variable dns (RFC 9461, 5), {@code ohttp} none (RFC
   * 9540, 4).
   */
  static boolean isAllowed(SvcParam param) {
    return switch (param.key().code()) {
      case 7 -> DohPath.isValid(param.value());
      case 8 -> param.value().isEmpty();
      default -> true;
    };
  }

  private static List<Bytes> checkAddresses(List<Bytes> addresses, int bytes) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no addresses");
    }
    addresses.forEach(address -> Codes.checkLength(address, bytes, bytes));
    return List.copyOf(addresses);
  }

  private static Bytes concat(List<Bytes> parts) {
    ByteSink out = new ByteSink();
    parts.forEach(out::bytes);
    return out.toBytes();
  }

  /** The parameter whose value is all that the source has. */
  static SvcParam from(SvcParamKey key, WireSource in) throws MalformedPacketException {
    return switch (key.code()) {
      case 0 -> new Mandatory(in.upToEnd(() -> new SvcParamKey(in.u16())));
      case 1 -> new Alpn(in.strings());
      case 2 -> new NoDefaultAlpn();
      case 3 -> new Port(in.u16());
      case 4 -> new Ipv4Hint(in.upToEnd(in::ipv4));
      case 5 -> new Ech(in.hex());
      case 6 -> new Ipv6Hint(in.upToEnd(in::ipv6));
      default -> new Generic(key, in.hex());
    };
  }
}
