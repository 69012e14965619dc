package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tinydns.axfrget.AxfrGet;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zone of a million records needs no more memory than a small one. */
final class AxfrGetMemoryTest {
  private static final int RECORDS = 1_000_000;
  private static final int MESSAGE_BYTES = 16_384;
  private static final String ADDRESS = "127.53.0.7";

  @TempDir Path directory;

  @Test
  void shouldFetchMillionRecordsInLittleMemory() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      CompletableFuture<Void> server = CompletableFuture.runAsync(() -> serve(listener));
      List<String> command = new ArrayList<>(Original.ourCommand(AxfrGet.class));
      command.add(1, "-Xmx12m");
      command.addAll(
          List.of(
              "--server", ADDRESS + ":" + listener.getLocalPort(), "big.test", "data", "data.tmp"));
      assertEquals(new Original.Outcome(0, ""), Original.run(directory, command));
      server.join();
    }
    try (var lines = Files.lines(directory.resolve("data"))) {
      assertEquals(RECORDS + 2, lines.count());
    }
  }

  /** Answers two queries on one connection. */
  private static void serve(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
      ResourceRecord soa = ResourceRecord.parse("big.test. 300 SOA a. b. 9 2 3 4 5", Name.ROOT);
      for (RecordType type : List.of(RecordType.SOA, RecordType.AXFR)) {
        byte[] packet = in.readNBytes(in.readUnsignedShort());
        Message query = Message.read(packet, packet.length);
        assertEquals(type, query.questions().getFirst().type());
        PacketWriter writer = new PacketWriter(MESSAGE_BYTES);
        begin(writer, query);
        soa.writeTo(writer, Section.ANSWER);
        if (type.equals(RecordType.AXFR)) {
          writeAddresses(writer, query, out);
          send(writer, out);
          begin(writer, query);
          soa.writeTo(writer, Section.ANSWER);
        }
        send(writer, out);
        out.flush();
      }
    } catch (IOException | MalformedPacketException | MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static void writeAddresses(PacketWriter writer, Message query, DataOutputStream out)
      throws IOException {
    byte[] owner = "\7h000000\3big\4test\0".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < RECORDS; i++) {
      int rest = i;
      for (int digit = 7; digit > 1; digit--) {
        owner[digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      while (!writer.beginRecord(owner, 0, RecordType.A.code(), RecordClass.IN.code(), 300)
          || !writer.addU32(i)) {
        send(writer, out);
        begin(writer, query);
      }
      writer.endRecord(Section.ANSWER);
    }
  }

  private static void begin(PacketWriter writer, Message query) {
    Question question = query.questions().getFirst();
    writer.begin(query.id(), Header.QR | Header.AA, writer.limit());
    writer.question(question);
  }

  private static void send(PacketWriter writer, DataOutputStream out) throws IOException {
    out.writeShort(writer.length());
    out.write(writer.buffer(), 0, writer.length());
  }
}
