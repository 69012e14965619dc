package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What 1.05's response.c does with names, as plainly as possible: a list of the suffixes written,
 * searched from its start; only the pointer range is checked in addition.
 */
public final class CompressionModel {
  private record Written(String suffix, int offset) {}

  private final List<Written> names = new ArrayList<>();

  /** The bytes of a name that is about to be written at {@code offset}. */
  public Bytes compress(Name name, int offset) {
    ByteSink out = new ByteSink();
    for (Name rest = name; !rest.isRoot(); rest = rest.parent()) {
      String suffix = Bytes.of(rest.lowerCase().toWire()).toText();
      for (Written written : names) {
        if (written.suffix.equals(suffix)) {
          out.u16(0xc000 | written.offset);
          return out.toBytes();
        }
      }
      int at = offset + out.toBytes().length();
      if (suffix.length() <= 128 && names.size() < 100 && at < 0x4000) {
        names.add(new Written(suffix, at));
      }
      out.bytes(Bytes.of(Arrays.copyOf(rest.toWire(), 1 + rest.byteAt(0))));
    }
    out.u8(0);
    return out.toBytes();
  }
}
