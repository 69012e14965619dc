package djbdns.wire;

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

  long time() throws E;

  RecordType recordType() throws E;

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

  /** All of the data of a type that is not known here. */
  Bytes opaque(RecordType type) throws E;
}
