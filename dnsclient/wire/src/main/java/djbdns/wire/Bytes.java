package djbdns.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of bytes: what records carry in place of a {@code byte[]}. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** A copy of an array. */
  public static Bytes of(byte... bytes) {
    return new Bytes(bytes.clone());
  }

  /** The characters of a text as bytes of ISO 8859-1. */
  public static Bytes ofText(String text) {
    return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * The bytes that hexadecimal digits in either letter case stand for.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Bytes ofHex(String digits) {
    return new Bytes(HexFormat.of().parseHex(digits));
  }

  /** The array itself, which nobody may change from now on. */
  public static Bytes owning(byte[] array) {
    return new Bytes(array);
  }

  public int length() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  /** The byte at {@code index} as a number, 0 to 255. */
  public int at(int index) {
    return array[index] & 0xff;
  }

  /** A copy. */
  public byte[] toArray() {
    return array.clone();
  }

  /** By the first byte that differs, unsigned; otherwise the shorter comes first. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  /** The bytes from {@code start} to before {@code end}. */
  public Bytes slice(int start, int end) {
    return new Bytes(Arrays.copyOfRange(array, start, end));
  }

  /** Each byte as a character of ISO 8859-1. */
  public String toText() {
    return new String(array, StandardCharsets.ISO_8859_1);
  }

  /** A reader of these bytes. */
  public PacketReader toReader() {
    return new PacketReader().wrap(array, array.length);
  }

  /** As {@link PacketWriter#addBytes}. */
  public boolean addTo(PacketWriter writer) {
    return writer.addBytes(array, 0, array.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Two small hexadecimal digits a byte. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(array);
  }
}
