package djbdns.tools.hostile;

import djbdns.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection to a scripted server. It ends when the resolver ends it, or by a reset. */
final class ServerConnection {
  private static final int MAX_QUERY_BYTES = 1_024;

  private final ServerLoop loop;
  private final SocketChannel channel;
  private final int server;
  private final ByteBuffer in = ByteBuffer.allocate(2 + MAX_QUERY_BYTES);
  private ByteBuffer out = ByteBuffer.allocate(0);

  ServerConnection(ServerLoop loop, SocketChannel channel, int server) {
    this.loop = loop;
    this.channel = channel;
    this.server = server;
  }

  /** Reads and writes what can be. */
  void ready(SelectionKey key) throws IOException {
    try {
      if (key.isWritable()) {
        flush(key);
      }
      if (key.isReadable()) {
        read(key);
      }
    } catch (IOException e) {
      // Whoever asks may close or reset the connection.
      channel.close();
    }
  }

  private void read(SelectionKey key) throws IOException {
    if (channel.read(in) < 0) {
      channel.close();
      return;
    }
    in.flip();
    while (in.remaining() >= 2 && channel.isOpen()) {
      int length = in.getShort(in.position()) & 0xffff;
      if (length > MAX_QUERY_BYTES) {
        channel.close();
        return;
      }
      if (in.remaining() < 2 + length) {
        break;
      }
      byte[] query = new byte[length];
      in.getShort();
      in.get(query);
      react(key, loop.answer(query, server));
    }
    in.compact();
  }

  private void react(SelectionKey key, Reaction reaction) throws IOException {
    switch (reaction) {
      case Reaction.Silence _ -> {}
      case Reaction.Reset _ -> {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      }
      case Reaction.Send send when send.delayMs() > 0 ->
          loop.after(send.delayMs(), () -> add(key, framed(send)));
      case Reaction.Send send -> add(key, framed(send));
      case Reaction.Dribble dribble -> dribble(dribble, 0);
    }
  }

  private static byte[] framed(Reaction.Send send) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] message : send.messages()) {
      all.write(message.length >> 8);
      all.write(message.length);
      all.writeBytes(message);
    }
    return all.toByteArray();
  }

  /** Adds to what is to be written. */
  private void add(SelectionKey key, byte[] bytes) throws IOException {
    ByteBuffer both = ByteBuffer.allocate(out.remaining() + bytes.length);
    both.put(out).put(bytes).flip();
    out = both;
    if (key.isValid()) {
      try {
        flush(key);
      } catch (IOException e) {
        channel.close();
      }
    }
  }

  private void flush(SelectionKey key) throws IOException {
    channel.write(out);
    key.interestOps(
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /** The two bytes of the length first. */
  private void dribble(Reaction.Dribble dribble, int sent) throws IOException {
    Bytes message = dribble.message();
    if (!channel.isOpen() || sent == message.length() + 2) {
      return;
    }
    int value =
        switch (sent) {
          case 0 -> message.length() >> 8;
          case 1 -> message.length();
          default -> message.at(sent - 2);
        };
    try {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}));
      loop.after(dribble.pauseMs(), () -> dribble(dribble, sent + 1));
    } catch (IOException e) {
      channel.close();
    }
  }
}
