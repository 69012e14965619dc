package djbdns.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A domain name in wire form: a sequence of labels of 1 to 63 bytes and the root label, 255 bytes
 * at most (RFC 1035, 3.1). Letter case is kept (it may carry 0x20 bits) and ignored in comparisons
 * (RFC 4343). Immutable.
 */
public final class Name implements Comparable<Name> {
  /** The root, written {@code .}. */
  public static final Name ROOT = new Name(new byte[1]);

  private final byte[] wire;

  /** The hash code once somebody has asked for it; 0 before. Whoever computes it gets the same. */
  private int hash;

  private Name(byte[] wire) {
    this.wire = wire;
  }

  /**
   * The name that starts at {@code offset}; later bytes are ignored.
   *
   * @throws IllegalArgumentException if no well-formed, uncompressed name starts there
   */
  public static Name ofWire(byte[] bytes, int offset) {
    int position = offset;
    while (position < bytes.length && bytes[position] != 0) {
      int labelLength = bytes[position] & 0xff;
      if (labelLength > Limits.LABEL_BYTES) {
        throw new IllegalArgumentException("label of " + labelLength + " bytes");
      }
      position += 1 + labelLength;
    }
    int length = position + 1 - offset;
    if (position >= bytes.length || length > Limits.NAME_BYTES) {
      throw new IllegalArgumentException("name does not end within 255 bytes");
    }
    return new Name(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /**
   * A name from text as 1.05 reads it (dns_dfd.c): dots split labels, empty labels are ignored, a
   * trailing dot is optional, {@code \ooo} is a byte in one to three octal digits, {@code \c} is c.
   * Characters are bytes: ISO 8859-1.
   *
   * @throws MalformedTextException if a label exceeds 63 bytes or the name 255, or a character is
   *     no byte
   */
  public static Name parse(String text) throws MalformedTextException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw new MalformedTextException("character outside ISO 8859-1: " + text);
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return parse(bytes, 0, bytes.length);
  }

  /** As {@link #parse(String)}, from {@code length} bytes at {@code offset}. */
  public static Name parse(byte[] text, int offset, int length) throws MalformedTextException {
    byte[] wire = new byte[Limits.NAME_BYTES];
    int labelStart = 0;
    int next = 1;
    int end = offset + length;
    int i = offset;
    while (i < end) {
      byte value = text[i++];
      if (value == '.') {
        int labelLength = next - labelStart - 1;
        if (labelLength > 0) {
          wire[labelStart] = (byte) labelLength;
          labelStart = next++;
        }
        continue;
      }
      if (value == '\\') {
        if (i == end) {
          break;
        }
        value = text[i++];
        if (isOctal(value)) {
          int octet = value - '0';
          for (int digits = 1; digits < 3 && i < end && isOctal(text[i]); digits++) {
            octet = (octet << 3) + text[i++] - '0';
          }
          value = (byte) octet;
        }
      }
      if (next - labelStart > Limits.LABEL_BYTES) {
        throw new MalformedTextException("label longer than 63 bytes");
      }
      // The root label must still fit after this byte.
      if (next >= Limits.NAME_BYTES - 1) {
        throw new MalformedTextException("name longer than 255 bytes");
      }
      wire[next++] = value;
    }
    int labelLength = next - labelStart - 1;
    if (labelLength > 0) {
      wire[labelStart] = (byte) labelLength;
      labelStart = next;
    }
    return labelStart == 0 ? ROOT : new Name(Arrays.copyOf(wire, labelStart + 1));
  }

  /**
   * True if a name in the text of {@link #parse} has an empty label before its end: dots side by
   * side, or a dot in front of others. 1.05 reads it as if it were not there; who types it has made
   * a mistake.
   */
  public static boolean hasEmptyLabel(String text) {
    boolean labelIsEmpty = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && labelIsEmpty && text.length() > 1) {
        return true;
      }
      labelIsEmpty = c == '.';
      i += c == '\\' ? 1 : 0;
    }
    return false;
  }

  private static boolean isOctal(byte value) {
    return value >= '0' && value <= '7';
  }

  /** Length in wire form, the root label included: 1 to 255 bytes. */
  public int length() {
    return wire.length;
  }

  /** The byte at {@code index} of the wire form. */
  public byte byteAt(int index) {
    return wire[index];
  }

  /** A copy of the wire form. */
  public byte[] toWire() {
    return wire.clone();
  }

  /** Copies the wire form to {@code target} at {@code offset} and returns its length. */
  public int copyTo(byte[] target, int offset) {
    System.arraycopy(wire, 0, target, offset, wire.length);
    return wire.length;
  }

  public boolean isRoot() {
    return wire.length == 1;
  }

  /** Labels before the root label: 0 to 127. */
  public int labelCount() {
    int count = 0;
    for (int i = 0; wire[i] != 0; i += 1 + wire[i]) {
      count++;
    }
    return count;
  }

  /**
   * The name without its first label.
   *
   * @throws IllegalStateException for the root
   */
  public Name parent() {
    if (isRoot()) {
      throw new IllegalStateException("the root has no parent");
    }
    return new Name(Arrays.copyOfRange(wire, 1 + wire[0], wire.length));
  }

  /**
   * The name's last labels: an ancestor, or the name itself.
   *
   * @param labels 0 to {@link #labelCount}
   */
  public Name suffix(int labels) {
    if (labels == 0) {
      return ROOT;
    }
    int start = 0;
    for (int i = labelCount(); i > labels; i--) {
      start += 1 + wire[start];
    }
    return start == 0 ? this : new Name(Arrays.copyOfRange(wire, start, wire.length));
  }

  /** True if this is {@code ancestor} or below it. */
  public boolean isWithin(Name ancestor) {
    int start = 0;
    while (wire.length - start > ancestor.wire.length) {
      start += 1 + wire[start];
    }
    return wire.length - start == ancestor.wire.length
        && NameBytes.equalIgnoreCase(wire, start, ancestor.wire, 0, ancestor.wire.length);
  }

  /** The same name with ASCII capitals made small. */
  public Name lowerCase() {
    byte[] lower = wire.clone();
    NameBytes.lowerCase(lower, 0, lower.length);
    return new Name(lower);
  }

  /** True if the name that starts at {@code offset}, in wire form, is equal to this. */
  public boolean isAt(byte[] bytes, int offset) {
    return wire.length <= bytes.length - offset
        && NameBytes.equalIgnoreCase(wire, 0, bytes, offset, wire.length);
  }

  /** Equal names may differ in ASCII letter case (RFC 4343). */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Name name
            && wire.length == name.wire.length
            && NameBytes.equalIgnoreCase(wire, 0, name.wire, 0, wire.length));
  }

  /**
   * An order without meaning, letter case aside. With it, hash tables stay quick when somebody
   * chooses names of which many have one hash code.
   */
  @Override
  public int compareTo(Name other) {
    int common = Math.min(wire.length, other.wire.length);
    for (int i = 0; i < common; i++) {
      int order = NameBytes.lowerCase(wire[i]) - NameBytes.lowerCase(other.wire[i]);
      if (order != 0) {
        return order;
      }
    }
    return wire.length - other.wire.length;
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      int sum = 1;
      for (byte value : wire) {
        sum = 31 * sum + NameBytes.lowerCase(value);
      }
      hash = sum;
    }
    return hash;
  }

  /**
   * The name as 1.05 writes it (dns_dtda.c): small letters, bytes other than {@code [a-z0-9_-]} as
   * three octal digits after a backslash, no trailing dot, the root as {@code .}.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(wire.length);
    NameBytes.appendText(out, wire, 0);
    return out.toString();
  }
}
