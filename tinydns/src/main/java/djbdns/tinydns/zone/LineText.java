package djbdns.tinydns.zone;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import java.util.HexFormat;

/** The text of one data line as it grows, byte by byte. Used again for every line. One thread. */
final class LineText {
  private static final int IPV6_GROUPS = 8;

  private final ByteBuilder out = new ByteBuilder();
  private final byte[] digits = new byte[10];
  private final int[] groups = new int[IPV6_GROUPS];

  /** Begins a line. */
  LineText start(char leadingCharacter) {
    out.clear();
    return put(leadingCharacter);
  }

  /** The line so far. */
  ByteBuilder bytes() {
    return out;
  }

  LineText put(char character) {
    out.put8(character);
    return this;
  }

  /** ASCII. */
  LineText put(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
    return this;
  }

  /** A number of 32 bits, unsigned. */
  LineText number(long value) {
    int count = 0;
    long rest = value;
    do {
      digits[count++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    while (count > 0) {
      out.put8(digits[--count]);
    }
    return this;
  }

  /** A name as {@link Name#toString} has it, but with its letters as they are (RFC 4343, 4). */
  LineText name(Name name) {
    if (name.isRoot()) {
      return put('.');
    }
    for (int label = 0; name.byteAt(label) != 0; label += 1 + name.byteAt(label)) {
      if (label > 0) {
        put('.');
      }
      for (int i = label + 1; i <= label + name.byteAt(label); i++) {
        nameByte(name.byteAt(i));
      }
    }
    return this;
  }

  /**
   * A name in wire form, as {@link #name(Name)} writes it.
   *
   * @return the offset behind the name
   * @throws IllegalArgumentException if no well-formed name lies before {@code end}
   */
  int name(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != 0) {
      int next = at + 1 + (bytes[at] & 0xff);
      if (next - at > 1 + Limits.LABEL_BYTES || next >= end) {
        throw new IllegalArgumentException("malformed name");
      }
      if (at > start) {
        put('.');
      }
      for (int i = at + 1; i < next; i++) {
        nameByte(bytes[i]);
      }
      at = next;
    }
    if (at >= end || at + 1 - start > Limits.NAME_BYTES) {
      throw new IllegalArgumentException("name does not end");
    }
    if (at == start) {
      put('.');
    }
    return at + 1;
  }

  private void nameByte(byte value) {
    if (NameBytes.isPlain(NameBytes.lowerCase(value))) {
      out.put8(value);
    } else {
      octal(value);
    }
  }

  private void octal(byte value) {
    int octet = value & 0xff;
    out.put8('\\').put8('0' + (octet >> 6)).put8('0' + ((octet >> 3) & 7)).put8('0' + (octet & 7));
  }

  /** Four bytes with dots between them. */
  LineText ipv4(byte[] bytes, int start) {
    for (int i = 0; i < 4; i++) {
      if (i > 0) {
        put('.');
      }
      number(bytes[start + i] & 0xff);
    }
    return this;
  }

  /**
   * Sixteen bytes as RFC 5952, 4 says, with an underscore for each colon, and without a dotted
   * decimal end, which not every reader of underscores knows.
   */
  LineText ipv6(byte[] bytes, int start) {
    for (int i = 0; i < IPV6_GROUPS; i++) {
      groups[i] = (bytes[start + 2 * i] & 0xff) << 8 | (bytes[start + 2 * i + 1] & 0xff);
    }
    int gap = longestZeros();
    int i = 0;
    while (i < IPV6_GROUPS) {
      if (i == gap) {
        put("__");
        i = zerosEnd(gap);
      } else {
        if (i > 0 && i != zerosEnd(gap)) {
          put('_');
        }
        group(groups[i++]);
      }
    }
    return this;
  }

  private void group(int group) {
    int shift = group >= 0x1000 ? 12 : group >= 0x100 ? 8 : group >= 0x10 ? 4 : 0;
    for (; shift >= 0; shift -= 4) {
      put(HexFormat.of().toLowHexDigit(group >> shift));
    }
  }

  /**
   * The start of the first of the longest runs of two or more zeros; behind all if there is none.
   */
  private int longestZeros() {
    int best = IPV6_GROUPS;
    int bestLength = 1;
    for (int i = 0; i < IPV6_GROUPS; i++) {
      if (zerosEnd(i) - i > bestLength) {
        best = i;
        bestLength = zerosEnd(i) - i;
      }
    }
    return best;
  }

  private int zerosEnd(int start) {
    int i = start;
    while (i < IPV6_GROUPS && groups[i] == 0) {
      i++;
    }
    return i;
  }

  /**
   * Record data as axfr-get of 1.05 writes them: all but letters, digits, dot and hyphen escaped.
   */
  LineText octets(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      byte value = bytes[i];
      boolean isUnderscore = value == '_';
      if (value == '.' || (!isUnderscore && NameBytes.isPlain(NameBytes.lowerCase(value)))) {
        out.put8(value);
      } else {
        octal(value);
      }
    }
    return this;
  }

  /** The text of record data, printable but for what would end the field or begin an escape. */
  LineText field(String text) {
    for (int i = 0; i < text.length(); i++) {
      fieldByte((byte) text.charAt(i));
    }
    return this;
  }

  /** Bytes as {@link #field} writes characters. */
  LineText text(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      fieldByte(bytes[i]);
    }
    return this;
  }

  private void fieldByte(byte value) {
    if (value == '\\') {
      put("\\\\");
    } else if (value == ':' || value < ' ' || value > '~') {
      octal(value);
    } else {
      out.put8(value);
    }
  }
}
