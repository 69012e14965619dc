package djbdns.dnscache.cache;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers and bytes at offsets of a piece of memory off the heap. */
final class Block {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private static final VarHandle ARRAY_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Up to here a loop is faster than a call of the bulk copy. */
  private static final int SHORT_BYTES = 64;

  private final MemorySegment memory;

  Block(MemorySegment memory) {
    this.memory = memory;
  }

  int byteSize() {
    return (int) memory.byteSize();
  }

  int getInt(int at) {
    return memory.get(INT, at);
  }

  void putInt(int at, int value) {
    memory.set(INT, at, value);
  }

  short getShort(int at) {
    return memory.get(SHORT, at);
  }

  void putShort(int at, short value) {
    memory.set(SHORT, at, value);
  }

  byte getByte(int at) {
    return memory.get(JAVA_BYTE, at);
  }

  /** Copies bytes to the heap. */
  void read(int at, byte[] target, int offset, int count) {
    if (count > SHORT_BYTES) {
      MemorySegment.copy(memory, JAVA_BYTE, at, target, offset, count);
      return;
    }
    int i = 0;
    for (; i <= count - Long.BYTES; i += Long.BYTES) {
      ARRAY_LONG.set(target, offset + i, memory.get(LONG, at + i));
    }
    for (; i < count; i++) {
      target[offset + i] = memory.get(JAVA_BYTE, at + i);
    }
  }

  /** Copies bytes from the heap. */
  void write(int at, byte[] source, int offset, int count) {
    MemorySegment.copy(source, offset, memory, JAVA_BYTE, at, count);
  }

  /** Copies bytes inside the block; the two places may overlap. */
  void move(int from, int to, int count) {
    MemorySegment.copy(memory, from, memory, to, count);
  }

  /** True if the bytes at {@code at} are the first {@code length} of {@code bytes}. */
  boolean matches(int at, byte[] bytes, int length) {
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (memory.get(LONG, at + i) != (long) ARRAY_LONG.get(bytes, i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (memory.get(JAVA_BYTE, at + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
