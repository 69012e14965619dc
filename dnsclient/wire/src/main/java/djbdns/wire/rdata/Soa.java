package djbdns.wire.rdata;

import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * The start of a zone (RFC 1035, 3.3.13); times in seconds, minimum also bounds negative answers
 * (RFC 2308, 4).
 *
 * <pre>
 * +---------------+---------------+-----------+------------+----------+
 * | primary: name | contact: name | serial 32 | refresh 32 | retry 32 |
 * +---------------+---------------+-----------+------------+----------+
 * +-----------+------------+
 * | expire 32 | minimum 32 |
 * +-----------+------------+
 * </pre>
 */
public record Soa(
    Name primary,
    Name contact,
    long serial,
    long refreshSeconds,
    long retrySeconds,
    long expireSeconds,
    long minimumSeconds)
    implements Rdata {
  public Soa {
    Codes.checkU32(serial);
    Codes.checkU32(refreshSeconds);
    Codes.checkU32(retrySeconds);
    Codes.checkU32(expireSeconds);
    Codes.checkU32(minimumSeconds);
  }

  static <E extends Exception> Soa from(RdataSource<E> in) throws E {
    return new Soa(
        in.compressibleName(),
        in.compressibleName(),
        in.u32(),
        in.seconds(),
        in.seconds(),
        in.seconds(),
        in.seconds());
  }

  @Override
  public RecordType type() {
    return RecordType.SOA;
  }

  @Override
  public void to(RdataSink sink) {
    sink.compressibleName(primary);
    sink.compressibleName(contact);
    sink.u32(serial);
    sink.u32(refreshSeconds);
    sink.u32(retrySeconds);
    sink.u32(expireSeconds);
    sink.u32(minimumSeconds);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
