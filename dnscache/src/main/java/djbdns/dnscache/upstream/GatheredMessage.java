package djbdns.dnscache.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The first message of a stream, behind its length in two bytes (RFC 1035, 4.2.2). Room for it
 * grows as bytes arrive, not by what the server promises, and only as far as it may.
 */
final class GatheredMessage {
  /** Asked before more is held. */
  @FunctionalInterface
  interface Room {
    /** True if so many bytes more may be held. */
    boolean grow(int moreBytes);
  }

  enum Progress {
    /** There is more to come. */
    PART,
    WHOLE,
    /** It may not be held. */
    NO_ROOM
  }

  /** Most answers fit. */
  static final int FIRST_BYTES = 512;

  private static final int LENGTH_BYTES = 2;
  private static final byte[] NOTHING = {};

  private final Room room;
  private byte[] message = NOTHING;

  /** Of the two bytes of the length, and of the message behind them. */
  private int taken;

  private int length;

  GatheredMessage(Room room) {
    this.room = room;
  }

  /** Takes what there is of the message. */
  Progress take(ByteBuf in) {
    while (taken < LENGTH_BYTES && in.isReadable()) {
      length = (length << Byte.SIZE) | in.readUnsignedByte();
      taken++;
    }
    if (taken < LENGTH_BYTES) {
      return Progress.PART;
    }
    int count = taken - LENGTH_BYTES;
    int more = Math.min(in.readableBytes(), length - count);
    if (count + more > message.length && !grow(count + more)) {
      return Progress.NO_ROOM;
    }
    in.readBytes(message, count, more);
    taken += more;
    return count + more == length ? Progress.WHOLE : Progress.PART;
  }

  /** For that many bytes, and as many again. */
  private boolean grow(int needed) {
    int size = Math.min(length, Math.max(2 * needed, FIRST_BYTES));
    if (!room.grow(size - message.length)) {
      return false;
    }
    message = Arrays.copyOf(message, size);
    return true;
  }

  /** The message, from the start; the caller's when it is whole. */
  byte[] bytes() {
    return message;
  }

  /** As the server has announced it. */
  int length() {
    return length;
  }

  /** Lets go of the bytes. */
  void clear() {
    message = NOTHING;
  }
}
