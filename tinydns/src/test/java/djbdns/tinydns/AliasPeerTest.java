package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Serves random zones full of aliases from tinydns, BIND, Knot DNS and NSD. An answer of tinydns
 * has no record twice, and where any two of the others say the same, so does tinydns. They differ
 * in how long a chain may be, and Knot follows circles of DNAME records to that length. {@code
 * -Ddjbdns.zones=N} takes N zones.
 */
final class AliasPeerTest {
  private static final int ZONES = Integer.getInteger("djbdns.zones", 60);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final List<RecordType> TYPES =
      List.of(RecordType.A, RecordType.CNAME, RecordType.DNAME);
  private static final int TRIES = 5;
  private static final int TIMEOUT_MS = 1000;

  @TempDir private Path directory;

  private final List<Primary> peers = new ArrayList<>();
  private final List<AliasZone> zones = new ArrayList<>();
  private int lastId;

  /** How many answers were compared, and how many of them were circles or chains. */
  private int compared;

  private int chains;

  @BeforeEach
  void startPeers() throws Exception {
    Map<String, String> masters = new LinkedHashMap<>();
    for (int i = 0; i < ZONES; i++) {
      AliasZone zone = new AliasZone("z" + i + ".test", SEED + i);
      zones.add(zone);
      masters.put("z" + i + ".test", zone.master());
    }
    for (PeerSoftware software : PeerSoftware.values()) {
      software.assumeInstalled();
    }
    for (PeerSoftware software : PeerSoftware.values()) {
      Path own = Files.createDirectory(directory.resolve(software.name()));
      peers.add(Primary.start(software, own, masters));
    }
  }

  @AfterEach
  void stopPeers() {
    peers.forEach(Primary::close);
  }

  @Test
  void shouldAnswerAliasesAsOthersDo() throws Exception {
    String[] lines = zones.stream().map(AliasZone::data).toArray(String[]::new);
    try (TestZone ours = new TestZone(directory, lines)) {
      for (AliasZone zone : zones) {
        for (String name : zone.names()) {
          for (RecordType type : TYPES) {
            compare(ours.ask(name, type), name, type);
          }
        }
      }
    }
    assertTrue(compared > 20 * ZONES, compared + " answers compared");
    assertTrue(chains > 2 * ZONES, chains + " chains compared");
  }

  private void compare(Message answer, String name, RecordType type) throws Exception {
    String what = name + " " + type + ", seed " + SEED;
    List<String> records = records(answer);
    assertEquals(records.size(), Set.copyOf(records).size(), what + " " + records);
    List<Set<String>> others = new ArrayList<>();
    for (Primary peer : peers) {
      others.add(new HashSet<>(records(ask(peer, name, type))));
    }
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).equals(others.get((i + 1) % others.size()))) {
        assertEquals(others.get(i), Set.copyOf(records), what);
        compared++;
        chains += records.size() > 2 ? 1 : 0;
        return;
      }
    }
  }

  /** Knot makes letters small, so they do not count here. */
  private static List<String> records(Message message) {
    return message.answers().stream()
        .map(ResourceRecord::toString)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .toList();
  }

  private Message ask(Primary peer, String name, RecordType type) throws Exception {
    PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
    int id = ++lastId & 0xffff;
    Question question = new Question(Name.parse(name), type);
    new Message(id, 0, question, Optional.empty()).write(query);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(peer.address(), Integer.parseInt(peer.port())));
      socket.setSoTimeout(TIMEOUT_MS);
      for (int tries = 0; tries < TRIES; tries++) {
        socket.send(new DatagramPacket(query.buffer(), query.length()));
        DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
        try {
          socket.receive(reply);
        } catch (SocketTimeoutException e) {
          continue;
        }
        Message message = Message.read(reply.getData(), reply.getLength());
        if (message.id() == id) {
          return message;
        }
      }
    }
    throw new AssertionError("no answer to " + name + " " + type);
  }
}
