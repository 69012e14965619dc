package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.RecordType;

/** Record data in wire form: every field made of a few primitive ones. */
abstract class WireSink implements RdataSink {
  abstract void bytes(Bytes bytes);

  @Override
  public void time(long seconds) {
    u32(seconds);
  }

  @Override
  public void recordType(RecordType type) {
    u16(type.code());
  }

  @Override
  public void ipv4(Bytes address) {
    bytes(address);
  }

  @Override
  public void ipv6(Bytes address) {
    bytes(address);
  }

  @Override
  public void string(Bytes bytes) {
    u8(bytes.length());
    bytes(bytes);
  }

  @Override
  public void word(Bytes bytes) {
    string(bytes);
  }

  @Override
  public void countedHex(Bytes bytes) {
    string(bytes);
  }

  @Override
  public void countedBase32(Bytes bytes) {
    string(bytes);
  }

  @Override
  public void quoted(Bytes rest) {
    bytes(rest);
  }

  @Override
  public void hex(Bytes rest) {
    bytes(rest);
  }

  @Override
  public void base64(Bytes rest) {
    bytes(rest);
  }

  @Override
  public void types(TypeBitmap types) {
    bytes(types.wire());
  }

  @Override
  public void svcParams(SvcParams params) {
    for (SvcParam param : params.list()) {
      Bytes value = param.value();
      u16(param.key().code());
      u16(value.length());
      bytes(value);
    }
  }

  @Override
  public void own(OwnField field, Bytes wire) {
    bytes(wire);
  }

  @Override
  public void opaque(Bytes data) {
    bytes(data);
  }
}
