package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.List;

/**
 * Takes record data field by field, in the order of the wire format, which is also that of the
 * text. A record type describes itself once, in {@link Rdata#to}; whether that makes a packet,
 * plain bytes or text is the sink's affair.
 */
public interface RdataSink {
  /** A number of 8 bits. */
  void u8(int value);

  /** A number of 16 bits. */
  void u16(int value);

  /** A number of 32 bits. */
  void u32(long value);

  /** Seconds since 1970 in 32 bits; in text YYYYMMDDHHmmSS (RFC 4034, 3.2). */
  void time(long seconds);

  /** A type's code of 16 bits; in text its mnemonic. */
  void recordType(RecordType type);

  /** A name that must not be compressed (RFC 3597, 4). */
  void name(Name name);

  /** A name of a type that RFC 1035 defines, which may be compressed. */
  void compressibleName(Name name);

  /** 4 bytes; in text dotted decimal. */
  void ipv4(Bytes address);

  /** 16 bytes; in text as RFC 5952 says. */
  void ipv6(Bytes address);

  /** A length of 8 bits and that many bytes; in text a quoted string (RFC 1035, 3.3). */
  void string(Bytes bytes);

  /** Strings up to the end of the data. */
  default void strings(List<Bytes> strings) {
    strings.forEach(this::string);
  }

  /** As {@link #string}, but a bare word in text. */
  void word(Bytes bytes);

  /** A length of 8 bits and that many bytes; in text hexadecimal, {@code -} if empty. */
  void countedHex(Bytes bytes);

  /** A length of 8 bits and that many bytes; in text base32hex without padding (RFC 4648, 7). */
  void countedBase32(Bytes bytes);

  /** The rest of the data; in text a quoted string. */
  void quoted(Bytes rest);

  /** The rest of the data; in text hexadecimal. */
  void hex(Bytes rest);

  /** The rest of the data; in text base64. */
  void base64(Bytes rest);

  /** The rest of the data: a bitmap of types; in text their mnemonics. */
  void types(TypeBitmap types);

  /** The rest of the data: service parameters (RFC 9460, 2). */
  void svcParams(SvcParams params);

  /** A field with a class of its own. */
  void own(OwnField field, Bytes wire);

  /** All of the data, unexplained; in text {@code \# length hex} (RFC 3597, 5). */
  void opaque(Bytes data);
}
