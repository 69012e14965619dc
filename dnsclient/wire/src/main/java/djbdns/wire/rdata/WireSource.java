package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.List;

/** Record data from a packet; the reader must be narrowed to it. */
final class WireSource implements RdataSource<MalformedPacketException> {
  private final PacketReader reader;

  WireSource(PacketReader reader) {
    this.reader = reader;
  }

  @Override
  public int u8() throws MalformedPacketException {
    return reader.readU8();
  }

  @Override
  public int u16() throws MalformedPacketException {
    return reader.readU16();
  }

  @Override
  public long u32() throws MalformedPacketException {
    return reader.readU32();
  }

  @Override
  public long time() throws MalformedPacketException {
    return reader.readU32();
  }

  @Override
  public RecordType recordType() throws MalformedPacketException {
    return new RecordType(reader.readU16());
  }

  @Override
  public Name name() throws MalformedPacketException {
    int start = reader.position();
    Name name = reader.readName();
    // A pointer takes two bytes and no name that it could stand for is as long.
    if (reader.position() - start != name.length()) {
      throw MalformedPacketException.INSTANCE;
    }
    return name;
  }

  @Override
  public Name compressibleName() throws MalformedPacketException {
    return reader.readName();
  }

  @Override
  public Bytes ipv4() throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(AddressText.IPV4_BYTES));
  }

  @Override
  public Bytes ipv6() throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(AddressText.IPV6_BYTES));
  }

  @Override
  public Bytes string() throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(reader.readU8()));
  }

  @Override
  public List<Bytes> strings() throws MalformedPacketException {
    return upToEnd(this::string);
  }

  /** One kind of field. */
  interface Field<T> {
    T read() throws MalformedPacketException;
  }

  /** Fields of one kind up to the end of the data. */
  <T> List<T> upToEnd(Field<T> field) throws MalformedPacketException {
    List<T> fields = new ArrayList<>();
    while (reader.remaining() > 0) {
      fields.add(field.read());
    }
    return fields;
  }

  @Override
  public Bytes word() throws MalformedPacketException {
    return string();
  }

  @Override
  public Bytes countedHex() throws MalformedPacketException {
    return string();
  }

  @Override
  public Bytes countedBase32() throws MalformedPacketException {
    return string();
  }

  @Override
  public Bytes quoted() throws MalformedPacketException {
    return reader.readRest();
  }

  @Override
  public Bytes hex() throws MalformedPacketException {
    return reader.readRest();
  }

  @Override
  public Bytes base64() throws MalformedPacketException {
    return reader.readRest();
  }

  @Override
  public TypeBitmap types() throws MalformedPacketException {
    return new TypeBitmap(reader.readRest());
  }

  @Override
  public SvcParams svcParams() throws MalformedPacketException {
    return new SvcParams(upToEnd(this::svcParam));
  }

  private SvcParam svcParam() throws MalformedPacketException {
    SvcParamKey key = new SvcParamKey(reader.readU16());
    int end = reader.narrow(reader.readU16());
    SvcParam param = SvcParam.from(key, this);
    reader.requireEnd();
    reader.widen(end);
    return param;
  }

  @Override
  public Bytes own(OwnField field) throws MalformedPacketException {
    return field.read(reader);
  }

  @Override
  public boolean hasMore() {
    return reader.remaining() > 0;
  }

  @Override
  public Rdata other(RecordType type) throws MalformedPacketException {
    ByteSink out = new ByteSink();
    out.bytes(Bytes.owning(reader.readBytes(RdataBytes.bytesBeforeNames(type.code()))));
    for (int names = RdataBytes.names(type.code()); names > 0; names--) {
      out.name(reader.readName());
    }
    out.bytes(reader.readRest());
    return OtherData.of(type, out.toBytes());
  }
}
