package djbdns.tinydns.axfrget;

import djbdns.transfer.Connection;
import djbdns.tsig.TsigKeys;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A primary server in memory that answers as it is told to: a message of its answers to each query
 * for SOA, and a message for each list of records to a query for AXFR, all of them through a
 * change.
 */
final class ScriptedPrimary implements Connection {
  static final long NOW = 1_800_000_000L;

  private final List<ResourceRecord> soaAnswer;
  private final List<List<ResourceRecord>> transfer;
  private final TsigKeys keys;
  private UnaryOperator<List<byte[]>> change = messages -> messages;
  private final ByteBuffer pending = ByteBuffer.allocate(1 << 20).limit(0);
  private int chunkBytes = Integer.MAX_VALUE;
  private boolean isSilentAtEnd;
  private final List<RecordType> queries = new ArrayList<>();
  private long nowNs;
  private long nsPerRead;

  ScriptedPrimary(
      List<ResourceRecord> soaAnswer, List<List<ResourceRecord>> transfer, TsigKeys keys) {
    this.soaAnswer = soaAnswer;
    this.transfer = transfer;
    this.keys = keys;
  }

  /** Changes the messages of every transfer. */
  ScriptedPrimary changing(UnaryOperator<List<byte[]>> newChange) {
    change = newChange;
    return this;
  }

  /** Says nothing more at the end, instead of closing the connection. */
  ScriptedPrimary silentAtEnd() {
    isSilentAtEnd = true;
    return this;
  }

  /** Sends so many bytes at a time, and lets so much time pass before each. */
  ScriptedPrimary slow(int newChunkBytes, long newNsPerRead) {
    chunkBytes = newChunkBytes;
    nsPerRead = newNsPerRead;
    return this;
  }

  /** The clock of its world. */
  long nowNs() {
    return nowNs;
  }

  List<RecordType> queries() {
    return queries;
  }

  @Override
  public void write(byte[] bytes) {
    try {
      byte[] packet = Arrays.copyOfRange(bytes, 2, bytes.length);
      TsigRequest request = TsigRequest.read(packet, packet.length, keys, NOW);
      Message query = Message.read(packet, packet.length);
      Question question = query.questions().getFirst();
      queries.add(question.type());
      List<byte[]> messages = new ArrayList<>();
      if (question.type().equals(RecordType.SOA)) {
        messages.add(message(query, soaAnswer, request));
      } else {
        for (List<ResourceRecord> records : transfer) {
          messages.add(message(query, records, request));
        }
        messages = change.apply(messages);
      }
      send(messages);
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] message(Message query, List<ResourceRecord> records, TsigRequest request) {
    PacketWriter writer = new PacketWriter(65535);
    writer.begin(query.id(), Header.QR | Header.AA | request.rcode().code(), writer.limit());
    writer.question(query.questions().getFirst());
    for (ResourceRecord record : records) {
      if (!record.writeTo(writer, Section.ANSWER)) {
        throw new AssertionError("no room");
      }
    }
    request.sign(writer, NOW);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private void send(List<byte[]> messages) {
    pending.compact();
    for (byte[] message : messages) {
      pending.putShort((short) message.length).put(message);
    }
    pending.flip();
  }

  @Override
  public int read(byte[] target, int offset, int timeoutMs) throws IOException {
    nowNs += nsPerRead;
    if (!pending.hasRemaining()) {
      if (isSilentAtEnd) {
        throw new SocketTimeoutException("timed out");
      }
      return -1;
    }
    int count = Math.min(Math.min(chunkBytes, pending.remaining()), target.length - offset);
    pending.get(target, offset, count);
    return count;
  }

  @Override
  public void close() {}

  static ResourceRecord record(String text) {
    try {
      return ResourceRecord.parse(text, Name.ROOT);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }
}
