package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.text.TtlText;
import java.util.List;

/**
 * Gives record data field by field: the counterpart of {@link RdataSink}, whose methods of the same
 * names say what each field is.
 *
 * @param <E> thrown where a field is missing or malformed
 */
interface RdataSource<E extends Exception> {
  int u8() throws E;

  int u16() throws E;

  long u32() throws E;

  /** As {@link #u32}; in text perhaps with units: see {@link TtlText}. */
  default long seconds() throws E {
    return u32();
  }

  /** An algorithm number of DNSSEC; in text perhaps a mnemonic (RFC 4034, A.1). */
  default int algorithm() throws E {
    return u8();
  }

  /** The digest type of DS; in text perhaps a mnemonic. */
  default int digestType() throws E {
    return u8();
  }

  /** The flags of a key; in text perhaps mnemonics (RFC 2535, 7.1). */
  default int keyFlags() throws E {
    return u16();
  }

  /** The protocol of a key; in text perhaps a mnemonic (RFC 2535, 7.1). */
  default int keyProtocol() throws E {
    return u8();
  }

  long time() throws E;

  /** As {@link #time}; in text never a plain number. */
  default long date() throws E {
    return time();
  }

  RecordType recordType() throws E;

  /** As {@link #recordType}; in text perhaps a number. */
  default RecordType coveredType() throws E {
    return recordType();
  }

  Name name() throws E;

  Name compressibleName() throws E;

  Bytes ipv4() throws E;

  Bytes ipv6() throws E;

  Bytes string() throws E;

  List<Bytes> strings() throws E;

  Bytes word() throws E;

  Bytes countedHex() throws E;

  Bytes countedBase32() throws E;

  Bytes quoted() throws E;

  Bytes hex() throws E;

  Bytes base64() throws E;

  TypeBitmap types() throws E;

  SvcParams svcParams() throws E;

  /** A field with a class of its own, in wire form. */
  Bytes own(OwnField field) throws E;

  /** True if anything follows. */
  boolean hasMore() throws E;

  /** All of the data of a type without a value of its own. */
  Rdata other(RecordType type) throws E;
}
