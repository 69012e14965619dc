package djbdns.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The bytes that have come over a TCP connection and were not answered: messages behind their
 * lengths.
 */
final class MessageBuffer {
  static final int LENGTH_BYTES = 2;

  /** A rest is copied if it would hold a buffer of so many bytes more than itself. */
  private static final int WASTED_BYTES = 512;

  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  /** Bytes that {@link #add} will allocate, or take over. */
  int growth(ByteBuf received) {
    if (!pending.isReadable()) {
      return received.capacity();
    }
    int needed = pending.readableBytes() + received.readableBytes();
    return needed <= pending.capacity() ? 0 : 2 * needed;
  }

  /** Takes what was received; owns it from now on, unless it throws. */
  void add(ByteBuf received) {
    int growth = growth(received);
    if (pending.isReadable() && growth == 0) {
      pending.discardReadBytes();
      pending.writeBytes(received);
      received.release();
    } else if (pending.isReadable()) {
      ByteBuf larger = received.alloc().directBuffer(growth);
      larger.writeBytes(pending).writeBytes(received);
      received.release();
      pending.release();
      pending = larger;
    } else {
      pending.release();
      pending = received;
    }
  }

  /** True if there is a whole message. */
  boolean holdsMessage() {
    int readable = pending.readableBytes();
    return readable >= LENGTH_BYTES
        && readable - LENGTH_BYTES >= pending.getUnsignedShort(pending.readerIndex());
  }

  /** Passes over the length of a message and returns it. */
  int nextLength() {
    return pending.readUnsignedShort();
  }

  /** The bytes, at the next message. */
  ByteBuf bytes() {
    return pending;
  }

  /** Keeps no more than the rest needs. */
  void keepRest(ByteBufAllocator allocator) {
    if (!pending.isReadable()) {
      release();
    } else if (pending.capacity() - pending.readableBytes()
        > pending.readableBytes() + WASTED_BYTES) {
      ByteBuf rest = allocator.directBuffer(pending.readableBytes());
      rest.writeBytes(pending);
      pending.release();
      pending = rest;
    }
  }

  int heldBytes() {
    return pending.capacity();
  }

  void release() {
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }
}
