package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import java.util.List;

/** The fields that forms are made of. */
enum Field {
  U8,
  U16,
  U32,
  /** An algorithm number of DNSSEC, in text perhaps a mnemonic. */
  ALGORITHM,
  /** Seconds since 1970, in text always a date. */
  DATE,
  NAME,
  IPV4,
  /** At most 255 bytes behind their length. */
  STRING,
  /** Strings up to the end, at least one. */
  STRINGS,
  /** The rest of the data, at least a byte. */
  HEX,
  /** The rest of the data, at least a byte. */
  BASE64,
  /** The rest of the data, perhaps nothing. */
  BASE64_OR_NOTHING,
  /** A bitmap of types, perhaps empty. */
  TYPES,
  COVERED_TYPE,
  CERTIFICATE_TYPE,
  CERTIFICATE_ALGORITHM,
  SCHEME,
  EUI48,
  EUI64,
  LOCATOR,
  DIGITS,
  URI,
  NSAP,
  OLD_TYPES,
  PORTS;

  <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    switch (this) {
      case U8 -> out.u8(in.u8());
      case U16 -> out.u16(in.u16());
      case U32 -> out.u32(in.u32());
      case ALGORITHM -> out.u8(in.algorithm());
      case DATE -> out.time(in.date());
      case NAME -> out.name(in.name());
      case IPV4 -> out.ipv4(in.ipv4());
      case STRING -> out.string(string(in.string()));
      case STRINGS -> out.strings(strings(in.strings()));
      case HEX -> out.hex(some(in.hex()));
      case BASE64 -> out.base64(some(in.base64()));
      case BASE64_OR_NOTHING -> out.base64(in.base64());
      case TYPES -> out.types(in.types());
      case COVERED_TYPE -> out.recordType(in.coveredType());
      case CERTIFICATE_TYPE -> copy(NamedNumber.CERTIFICATE_TYPE, in, out);
      case CERTIFICATE_ALGORITHM -> copy(NamedNumber.ALGORITHM, in, out);
      case SCHEME -> copy(NamedNumber.SCHEME, in, out);
      case EUI48 -> copy(new DashedHex(6), in, out);
      case EUI64 -> copy(new DashedHex(8), in, out);
      case LOCATOR -> copy(new Locator(), in, out);
      case DIGITS -> copy(new Digits(), in, out);
      case URI -> copy(new UriTarget(), in, out);
      case NSAP -> copy(new NsapAddress(), in, out);
      case OLD_TYPES -> copy(new OldTypeBitmap(), in, out);
      case PORTS -> copy(new PortBitmap(), in, out);
    }
  }

  /** Hands a field over that has a class. */
  static <E extends Exception> void copy(OwnField field, RdataSource<E> in, RdataSink out)
      throws E {
    out.own(field, in.own(field));
  }

  private static Bytes string(Bytes bytes) {
    if (bytes.length() > 255) {
      throw new IllegalArgumentException("string longer than 255 bytes");
    }
    return bytes;
  }

  private static List<Bytes> strings(List<Bytes> strings) {
    if (strings.isEmpty()) {
      throw new IllegalArgumentException("no string");
    }
    strings.forEach(Field::string);
    return strings;
  }

  static Bytes some(Bytes rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("last field is missing");
    }
    return rest;
  }
}
