package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import java.util.Optional;

/**
 * How the data of a type look, in wire form and in text, for a type that needs no value of its own
 * ({@link OtherData}). A form says once which fields follow each other; it reads them from either
 * form and hands them on, so that one description serves packets, bytes and text.
 *
 * <p>Forms hold the rules: they throw {@link IllegalArgumentException} for data that the type's RFC
 * or BIND 9.18 forbids, in wire form as in text.
 */
interface Form {
  /** Hands every field over, in order. */
  <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E;

  /**
   * True if data of these first bytes are of the kind that the form is about. Other kinds are
   * allowed, but nobody knows a text for them.
   */
  default boolean covers(Bytes data) {
    return true;
  }

  /**
   * The fault of data in wire form, if there is one.
   *
   * @param data that the form covers
   */
  default Optional<String> fault(Bytes data) {
    PacketReader reader = data.toReader();
    ByteSink copy = new ByteSink();
    try {
      copy(new WireSource(reader), copy);
      if (reader.remaining() > 0) {
        return Optional.of("more than belongs there");
      }
      return copy.toBytes().equals(data) ? Optional.empty() : Optional.of("malformed data");
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    } catch (MalformedPacketException e) {
      return Optional.of("malformed data");
    }
  }
}
