package djbdns.server;

import djbdns.wire.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** What has come over a TCP connection and was not answered: messages behind their lengths. */
final class MessageBuffer {
  static final int LENGTH_BYTES = 2;

  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  /** Takes what was received; owns it from now on. */
  void add(ByteBuf received) {
    if (pending.isReadable()) {
      pending.discardReadBytes();
      pending.writeBytes(received);
      received.release();
    } else {
      pending.release();
      pending = received;
    }
  }

  /** Whether there is a whole message. */
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

  /** Makes room for the rest of a message, in a buffer of our own that can grow. */
  void keepRest(ByteBufAllocator allocator) {
    if (!pending.isReadable()) {
      release();
    } else if (pending.maxWritableBytes() < LENGTH_BYTES + Limits.MESSAGE_BYTES) {
      ByteBuf rest = allocator.buffer(pending.readableBytes());
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
