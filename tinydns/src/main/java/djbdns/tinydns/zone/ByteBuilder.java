package djbdns.tinydns.zone;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end, numbers big-endian. Used again and again. One thread. */
final class ByteBuilder {
  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  /** The bytes so far are the first {@link #length} of this array, until the next call. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** A character of ISO 8859-1 for each byte. */
  String text() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  ByteBuilder put8(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteBuilder put16(int value) {
    reserve(2);
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteBuilder put32(int value) {
    reserve(4);
    bytes[length++] = (byte) (value >>> 24);
    bytes[length++] = (byte) (value >>> 16);
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteBuilder put64(long value) {
    return put32((int) (value >>> 32)).put32((int) value);
  }

  ByteBuilder put(byte[] source, int start, int end) {
    reserve(end - start);
    System.arraycopy(source, start, bytes, length, end - start);
    length += end - start;
    return this;
  }

  /** One byte for each character of ISO 8859-1. */
  ByteBuilder put(String text) {
    byte[] source = text.getBytes(StandardCharsets.ISO_8859_1);
    return put(source, 0, source.length);
  }

  ByteBuilder put(Bytes source) {
    byte[] copy = source.toArray();
    return put(copy, 0, copy.length);
  }

  ByteBuilder put(Name name) {
    reserve(name.length());
    length += name.copyTo(bytes, length);
    return this;
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(length, more)));
    }
  }
}
