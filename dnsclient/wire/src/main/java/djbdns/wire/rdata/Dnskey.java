package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * A zone's public key (RFC 4034, 2.1).
 *
 * <pre>
 * +----------+------------+-------------+------------+
 * | flags 16 | protocol 8 | algorithm 8 | public key |
 * +----------+------------+-------------+------------+
 * </pre>
 */
public record Dnskey(int flags, int protocol, int algorithm, Bytes publicKey) implements Rdata {
  public Dnskey {
    Codes.checkU16(flags);
    Codes.checkU8(protocol);
    Codes.checkU8(algorithm);
  }

  static <E extends Exception> Dnskey from(RdataSource<E> in) throws E {
    return new Dnskey(in.keyFlags(), in.keyProtocol(), in.algorithm(), in.base64());
  }

  @Override
  public RecordType type() {
    return RecordType.DNSKEY;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u16(flags);
    sink.u8(protocol);
    sink.u8(algorithm);
    sink.base64(publicKey);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
