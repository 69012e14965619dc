package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * The fingerprint of an SSH host key (RFC 4255, 3.1).
 *
 * <pre>
 * +-------------+--------------------+-------------+
 * | algorithm 8 | fingerprint type 8 | fingerprint |
 * +-------------+--------------------+-------------+
 * </pre>
 */
public record Sshfp(int algorithm, int fingerprintType, Bytes fingerprint) implements Rdata {
  public Sshfp {
    Codes.checkU8(algorithm);
    Codes.checkU8(fingerprintType);
  }

  static <E extends Exception> Sshfp from(RdataSource<E> in) throws E {
    return new Sshfp(in.u8(), in.u8(), in.hex());
  }

  @Override
  public RecordType type() {
    return RecordType.SSHFP;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u8(algorithm);
    sink.u8(fingerprintType);
    sink.hex(fingerprint);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
