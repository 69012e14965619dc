package djbdns.tsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** dig and kdig believe what a server signs: answers, streams of messages, errors. */
final class TsigInteroperationTest {
  private static final String ADDRESS = "127.53.0.8";
  private static final int MESSAGES = 5;

  @ParameterizedTest
  @EnumSource
  void shouldConvinceDigAndKdig(TsigAlgorithm algorithm) throws Exception {
    TsigKey key = SignedMessages.key(algorithm, algorithm.macBytes());
    for (String program : List.of("/usr/bin/dig", "/usr/bin/kdig")) {
      for (String type : List.of("SOA", "AXFR")) {
        String output = ask(program, type, key, key.secret(), 0);
        assertFalse(output.contains("WARNING"), output);
        assertFalse(output.contains("verify"), output);
        assertEquals(
            type.equals("SOA") ? 1 : 2,
            output
                .lines()
                .filter(line -> line.startsWith("zone.test.") && line.contains("SOA\t"))
                .count(),
            output);
        assertTrue(output.contains("TSIG\t" + algorithm.wireName() + "."), output);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "HMAC_SHA256")
  void shouldSayWhatIsWrongWithSignature(TsigAlgorithm algorithm) throws Exception {
    TsigKey key = SignedMessages.key(algorithm, algorithm.macBytes());
    String wrong = ask("/usr/bin/dig", "SOA", key, Bytes.ofText("wrong"), 0);
    assertTrue(wrong.contains("NOTAUTH") && wrong.contains("BADSIG"), wrong);
    String late = ask("/usr/bin/dig", "SOA", key, key.secret(), 1000);
    assertTrue(late.contains("NOTAUTH") && late.contains("BADTIME"), late);
  }

  /** What a program prints that asks a server whose clock is ahead. */
  private static String ask(
      String program, String type, TsigKey key, Bytes secret, long aheadSeconds) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      CompletableFuture<Void> server =
          CompletableFuture.runAsync(() -> serve(listener, key, aheadSeconds));
      String option =
          key.algorithm()
              + ":"
              + key.name()
              + ":"
              + Base64.getEncoder().encodeToString(secret.toArray());
      List<String> command = new ArrayList<>(List.of(program, "@" + ADDRESS, "-p"));
      command.addAll(List.of("" + listener.getLocalPort(), "+tcp", "+time=5", "-y", option));
      command.addAll(List.of("zone.test", type));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      server.join();
      return output;
    }
  }

  /** Answers one query on one connection. */
  private static void serve(ServerSocket listener, TsigKey key, long aheadSeconds) {
    try (Socket socket = listener.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] packet = in.readNBytes(in.readUnsignedShort());
      long now = System.currentTimeMillis() / 1000 + aheadSeconds;
      TsigRequest request = SignedMessages.read(packet, new TsigKeys(List.of(key)), now);
      Message query = Message.read(packet, packet.length);
      Question question = query.questions().getFirst();
      ResourceRecord soa = ResourceRecord.parse("zone.test. 300 SOA a. b. 9 2 3 4 5", Name.ROOT);
      ResourceRecord text = ResourceRecord.parse("zone.test. 300 TXT text", Name.ROOT);
      List<ResourceRecord> records = new ArrayList<>(List.of(soa));
      if (question.type().equals(RecordType.AXFR)) {
        for (int i = 2; i < MESSAGES; i++) {
          records.add(text);
        }
        records.add(soa);
      }
      PacketWriter writer = new PacketWriter(1000);
      for (ResourceRecord record : request.rcode().equals(Rcode.NOERROR) ? records : List.of(soa)) {
        writer.begin(query.id(), Header.QR | Header.AA | request.rcode().code(), writer.limit());
        writer.question(question);
        if (request.rcode().equals(Rcode.NOERROR)) {
          record.writeTo(writer, Section.ANSWER);
        }
        assertTrue(request.sign(writer, now));
        out.writeShort(writer.length());
        out.write(Arrays.copyOf(writer.buffer(), writer.length()));
      }
    } catch (IOException | MalformedPacketException | MalformedTextException e) {
      throw new AssertionError(e);
    }
  }
}
