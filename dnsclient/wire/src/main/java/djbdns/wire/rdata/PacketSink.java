package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;

/** Adds record data to the record that a {@link PacketWriter} has begun, until it fits no more. */
final class PacketSink extends WireSink {
  private final PacketWriter writer;
  private boolean fits = true;

  PacketSink(PacketWriter writer) {
    this.writer = writer;
  }

  /** True if everything has fitted; if not, the writer has taken the record back. */
  boolean fits() {
    return fits;
  }

  @Override
  public void u8(int value) {
    fits = fits && writer.addU8(value);
  }

  @Override
  public void u16(int value) {
    fits = fits && writer.addU16(value);
  }

  @Override
  public void u32(long value) {
    fits = fits && writer.addU32(value);
  }

  @Override
  void bytes(Bytes bytes) {
    fits = fits && bytes.addTo(writer);
  }

  @Override
  public void name(Name name) {
    fits = fits && writer.addNameUncompressed(name.toWire(), 0);
  }

  @Override
  public void compressibleName(Name name) {
    fits = fits && writer.addNameAsIs(name.toWire(), 0);
  }
}
