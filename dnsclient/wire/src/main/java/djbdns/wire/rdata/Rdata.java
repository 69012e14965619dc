package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import djbdns.wire.text.TextScanner;

/**
 * A record's data (RFC 1035, 3.2.1): a value per type, {@link OtherData} for types of which nothing
 * but their form is known here, and {@link Unknown} for any other (RFC 3597).
 *
 * <p>Each value describes its fields once, to a {@link RdataSink}, and is made from them once;
 * bytes and text both come from that. The constructors hold the rules: they throw {@link
 * IllegalArgumentException} for values that the wire format cannot express or an RFC forbids.
 * Immutable. {@link Object#toString} is the text of master files (RFC 1035, 5.1).
 */
public sealed interface Rdata
    permits A,
        Ns,
        Cname,
        Soa,
        Ptr,
        Hinfo,
        Mx,
        Txt,
        Aaaa,
        Srv,
        Naptr,
        Dname,
        Ds,
        Sshfp,
        Rrsig,
        Nsec,
        Dnskey,
        Nsec3,
        Nsec3param,
        Tlsa,
        Svcb,
        Https,
        Caa,
        OtherData,
        Unknown {
  RecordType type();

  /** Hands every field over, in order. */
  void to(RdataSink sink);

  /**
   * Reads data from a packet; the reader stands behind it afterwards. Names may be compressed where
   * RFC 1035 and RFC 3597, section 4, allow it.
   *
   * @param rdlength bytes of the data, all of which must be used
   */
  static Rdata read(RecordType type, PacketReader reader, int rdlength)
      throws MalformedPacketException {
    int outerEnd = reader.narrow(rdlength);
    try {
      Rdata rdata = from(type, new WireSource(reader));
      reader.requireEnd();
      return rdata;
    } catch (IllegalArgumentException e) {
      throw MalformedPacketException.INSTANCE;
    } finally {
      reader.widen(outerEnd);
    }
  }

  /**
   * Data from text, in the type's own form or as {@code \# length hex} (RFC 3597, 5).
   *
   * @param origin what names without a trailing dot end in
   * @throws MalformedTextException with the field that is wrong, where there are several, but
   *     without the type
   */
  static Rdata parse(RecordType type, String text, Name origin) throws MalformedTextException {
    Rdata rdata = parseText(type, text, origin);
    if (rdata.toWire().length() > Limits.RDATA_BYTES) {
      throw new MalformedTextException("longer than 65535 bytes");
    }
    return rdata;
  }

  private static Rdata parseText(RecordType type, String text, Name origin)
      throws MalformedTextException {
    TextScanner scanner = new TextScanner(text);
    TextSource source = new TextSource(scanner, origin);
    try {
      if (scanner.skipGeneric(type)) {
        Bytes data = source.generic();
        return read(type, data.toReader(), data.length());
      }
      Rdata rdata = parseFields(type, source);
      if (scanner.hasMore()) {
        throw new MalformedTextException("more than belongs there: " + scanner.next());
      }
      return rdata;
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException(e.getMessage());
    } catch (MalformedPacketException e) {
      throw new MalformedTextException("bytes that are no data of this type: " + text.strip());
    }
  }

  private static Rdata parseFields(RecordType type, TextSource source)
      throws MalformedTextException {
    try {
      return from(type, source);
    } catch (MalformedTextException e) {
      String field = FieldNames.of(type, source.fields());
      throw new MalformedTextException(
          field.isEmpty() ? e.getMessage() : field + ": " + e.getMessage());
    }
  }

  /** Data from its fields. */
  private static <E extends Exception> Rdata from(RecordType type, RdataSource<E> in) throws E {
    return switch (type.toString()) {
      case "A" -> A.from(in);
      case "NS" -> Ns.from(in);
      case "CNAME" -> Cname.from(in);
      case "SOA" -> Soa.from(in);
      case "PTR" -> Ptr.from(in);
      case "HINFO" -> Hinfo.from(in);
      case "MX" -> Mx.from(in);
      case "TXT" -> Txt.from(in);
      case "AAAA" -> Aaaa.from(in);
      case "SRV" -> Srv.from(in);
      case "NAPTR" -> Naptr.from(in);
      case "DNAME" -> Dname.from(in);
      case "DS" -> Ds.from(in);
      case "SSHFP" -> Sshfp.from(in);
      case "RRSIG" -> Rrsig.from(in);
      case "NSEC" -> Nsec.from(in);
      case "DNSKEY" -> Dnskey.from(in);
      case "NSEC3" -> Nsec3.from(in);
      case "NSEC3PARAM" -> Nsec3param.from(in);
      case "TLSA" -> Tlsa.from(in);
      case "SVCB" -> Svcb.from(in);
      case "HTTPS" -> Https.from(in);
      case "CAA" -> Caa.from(in);
      default -> in.other(type);
    };
  }

  /**
   * Adds the data to the record that the writer has begun; false if it did not fit, and then the
   * record is gone. Names of RFC 1035's types are compressed.
   */
  default boolean writeTo(PacketWriter writer) {
    PacketSink sink = new PacketSink(writer);
    to(sink);
    return sink.fits();
  }

  /** The data in wire form, its names uncompressed. */
  default Bytes toWire() {
    ByteSink sink = new ByteSink();
    to(sink);
    return sink.toBytes();
  }

  /** The text {@code \# length hex}, which every type can be written as (RFC 3597, 5). */
  default String toGenericText() {
    return new Unknown(type(), toWire()).toString();
  }
}
