package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.RecordType;
import java.util.Optional;

/**
 * The data of a type that has a form in text but that no code treats in a way of its own, as bytes
 * in wire form, names uncompressed. {@link Forms} has the types.
 */
public record OtherData(RecordType type, Bytes data) implements Rdata {
  /**
   * @throws IllegalArgumentException if the type has no form here, or the data not that form
   */
  public OtherData {
    Optional<String> fault =
        Forms.of(type)
            .filter(form -> form.covers(data))
            .map(form -> form.fault(data))
            .orElse(Optional.of("no form of these data is known"));
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
  }

  /** True if well-formed data of a type are of this class. */
  public static boolean hasForm(RecordType type) {
    return Forms.of(type).isPresent();
  }

  /** Data of any form. */
  static Rdata of(RecordType type, Bytes data) {
    return Forms.of(type)
            .filter(form -> form.covers(data) && form.fault(data).isEmpty())
            .isPresent()
        ? new OtherData(type, data)
        : new Unknown(type, data);
  }

  @Override
  public void to(RdataSink sink) {
    try {
      Forms.of(type).orElseThrow().copy(new WireSource(data.toReader()), sink);
    } catch (MalformedPacketException e) {
      throw new AssertionError("the constructor has read these data", e);
    }
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
