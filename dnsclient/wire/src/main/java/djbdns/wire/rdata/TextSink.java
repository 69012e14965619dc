package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.text.Base32Hex;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.TimeText;
import java.util.Base64;

/** Record data as text, its fields separated by single spaces (RFC 1035, 5.1). */
final class TextSink implements RdataSink {
  private final StringBuilder out = new StringBuilder();

  /** The text of a record's data. */
  static String of(Rdata rdata) {
    TextSink sink = new TextSink();
    rdata.to(sink);
    return sink.out.toString();
  }

  static String base64Of(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  private void field(String text) {
    if (!out.isEmpty() && !text.isEmpty()) {
      out.append(' ');
    }
    out.append(text);
  }

  @Override
  public void u8(int value) {
    field(Integer.toString(value));
  }

  @Override
  public void u16(int value) {
    field(Integer.toString(value));
  }

  @Override
  public void u32(long value) {
    field(Long.toString(value));
  }

  @Override
  public void time(long seconds) {
    field(TimeText.of(seconds));
  }

  @Override
  public void recordType(RecordType type) {
    field(type.toString());
  }

  @Override
  public void name(Name name) {
    field(MasterText.ofName(name));
  }

  @Override
  public void compressibleName(Name name) {
    name(name);
  }

  @Override
  public void ipv4(Bytes address) {
    field(AddressText.ofIpv4(address));
  }

  @Override
  public void ipv6(Bytes address) {
    field(AddressText.ofIpv6(address));
  }

  @Override
  public void string(Bytes bytes) {
    field(MasterText.ofString(bytes));
  }

  @Override
  public void word(Bytes bytes) {
    field(bytes.toText());
  }

  @Override
  public void countedHex(Bytes bytes) {
    field(bytes.isEmpty() ? "-" : bytes.toString());
  }

  @Override
  public void countedBase32(Bytes bytes) {
    field(Base32Hex.encode(bytes));
  }

  @Override
  public void quoted(Bytes rest) {
    string(rest);
  }

  @Override
  public void hex(Bytes rest) {
    field(rest.toString());
  }

  @Override
  public void base64(Bytes rest) {
    field(base64Of(rest));
  }

  @Override
  public void types(TypeBitmap types) {
    for (RecordType type : types.types()) {
      recordType(type);
    }
  }

  @Override
  public void svcParams(SvcParams params) {
    for (SvcParam param : params.list()) {
      field(SvcParamText.of(param));
    }
  }

  @Override
  public void own(OwnField field, Bytes wire) {
    field(field.toText(wire));
  }

  @Override
  public void opaque(Bytes data) {
    field("\\#");
    u16(data.length());
    hex(data);
  }
}
