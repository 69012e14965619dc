package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Limits;
import djbdns.wire.RecordType;

/**
 * The data of a type that has no value of its own here, 0 to 65535 bytes, taken as they are (RFC
 * 3597). Names that old types may have compressed are uncompressed in it.
 */
public record Unknown(RecordType type, Bytes data) implements Rdata {
  public Unknown {
    Codes.checkLength(data, 0, Limits.RDATA_BYTES);
  }

  @Override
  public void to(RdataSink sink) {
    sink.opaque(data);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
