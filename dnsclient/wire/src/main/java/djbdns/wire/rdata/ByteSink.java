package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;

/** Collects record data in wire form, its names uncompressed. */
final class ByteSink extends WireSink {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Bytes toBytes() {
    return Bytes.owning(out.toByteArray());
  }

  @Override
  public void u8(int value) {
    out.write(value);
  }

  @Override
  public void u16(int value) {
    u8(value >> 8);
    u8(value);
  }

  @Override
  public void u32(long value) {
    u16((int) (value >> 16));
    u16((int) value);
  }

  @Override
  void bytes(Bytes bytes) {
    out.writeBytes(bytes.toArray());
  }

  @Override
  public void name(Name name) {
    out.writeBytes(name.toWire());
  }

  @Override
  public void compressibleName(Name name) {
    name(name);
  }
}
