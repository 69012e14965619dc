package djbdns.tinydns.axfr;

import djbdns.posix.PollSet;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.MessageSource;
import djbdns.server.ReplyPath;
import djbdns.server.ReplyRoute;
import djbdns.server.Responder;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * The one connection of a program that tcpserver has started: queries on descriptor 0, answers on
 * descriptor 1 (cr.yp.to/proto/ucspi.txt). One thread.
 */
public final class UcspiConnection implements ReplyRoute {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  /** Longest wait for more of a query, the next one, or a client that does not read (axfrdns.c). */
  private static final int TIMEOUT_MS = 60_000;

  private static final int BUFFER_BYTES = 1 << 16;

  /** So much can be written at once to a socket or a pipe that is ready for it. */
  private static final int WRITE_BYTES = 4096;

  private final Program program;
  private final Responder responder;
  private final Client client;
  private final InputStream in = new FileInputStream(FileDescriptor.in);
  private final OutputStream out = new BufferedOutputStream(new PatientOutput(), BUFFER_BYTES);
  private final PollSet readable = new PollSet();
  private final int maxQueryBytes;
  private final byte[] query = new byte[Limits.MESSAGE_BYTES];
  private Optional<MessageSource> messages = Optional.empty();

  /**
   * The connection of this process.
   *
   * @param remote who is at its other end
   * @param maxQueryBytes longer queries are not read; the responder is told of their length
   */
  public UcspiConnection(
      Program program, Responder responder, InetSocketAddress remote, int maxQueryBytes) {
    this.program = program;
    this.responder = responder;
    this.maxQueryBytes = maxQueryBytes;
    client = Client.overTcp(remote, this);
    readable.add(STDIN);
  }

  /**
   * Answers queries until the client has sent its last one.
   *
   * @throws Fatal if the connection breaks, or the responder does not want to go on
   */
  public void serve() {
    while (read(query, 2)) {
      int length = ((query[0] & 0xff) << 8) | (query[1] & 0xff);
      if (length <= maxQueryBytes && !read(query, length)) {
        return;
      }
      answer(length);
      responder.batchEnd();
      flush();
    }
  }

  private void answer(int length) {
    if (responder.respond(query, length, client)) {
      write(responder.response());
    }
    if (messages.isPresent()) {
      try (MessageSource source = messages.get()) {
        writeAll(source);
      }
      messages = Optional.empty();
    }
  }

  private void writeAll(MessageSource source) {
    PacketWriter message = responder.response();
    while (true) {
      switch (source.next(message)) {
        case MESSAGE -> write(message);
        case PAUSE -> {}
        case END -> {
          return;
        }
        case FAILED -> {
          flush();
          responder.batchEnd();
          throw program.silent(111);
        }
      }
    }
  }

  @Override
  public void stream(MessageSource source) {
    messages = Optional.of(source);
  }

  @Override
  public ReplyPath defer(InetSocketAddress sender) {
    throw new IllegalStateException("answers are there at once");
  }

  /** Descriptor 1, which gives up on a client that does not read. */
  private static final class PatientOutput extends OutputStream {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final PollSet writable = PollSet.forWriting();

    PatientOutput() {
      writable.add(STDOUT);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int written = 0; written < length; ) {
        if (writable.await(TIMEOUT_MS).isEmpty()) {
          throw new SocketTimeoutException();
        }
        int count = Math.min(length - written, WRITE_BYTES);
        out.write(bytes, offset + written, count);
        written += count;
      }
    }
  }

  /** Reads so many bytes; false if the client has sent its last one before. */
  private boolean read(byte[] target, int count) {
    try {
      int have = 0;
      while (have < count) {
        if (in.available() == 0 && readable.await(TIMEOUT_MS).isEmpty()) {
          throw program.fatal("unable to read from network", new TimeoutException());
        }
        int more = in.read(target, have, count - have);
        if (more < 0) {
          return false;
        }
        have += more;
      }
      return true;
    } catch (IOException e) {
      throw program.fatal("unable to read from network", e);
    }
  }

  private void write(PacketWriter message) {
    try {
      out.write(message.length() >> 8);
      out.write(message.length());
      out.write(message.buffer(), 0, message.length());
    } catch (IOException e) {
      throw unableToWrite(e);
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw unableToWrite(e);
    }
  }

  private Fatal unableToWrite(IOException e) {
    return program.fatal("unable to write to network", e);
  }
}
