package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Dname;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Serves random zones from tinydns and from Knot DNS and expects the same response code, AA bit,
 * answer, SOA and referral to every question. {@code -Ddjbdns.zones=N} takes N zones.
 */
final class PeerComparisonTest {
  private static final Path KNOT = Path.of("/usr/sbin/knotd");
  private static final int ZONES = Integer.getInteger("djbdns.zones", 4);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final List<RecordType> TYPES =
      List.of(
          RecordType.A,
          RecordType.TXT,
          RecordType.MX,
          RecordType.NS,
          RecordType.CNAME,
          RecordType.DNAME,
          RecordType.AAAA,
          RecordType.SRV,
          RecordType.CAA,
          RecordType.TLSA,
          RecordType.HTTPS,
          RecordType.SVCB,
          RecordType.NAPTR,
          RecordType.SSHFP,
          new RecordType(731),
          RecordType.DS);

  /** Aliases in a chain that only a loop makes so long. */
  private static final int LOOP = 16;

  @TempDir Path directory;

  private int lastId;

  @BeforeEach
  void assumeKnot() {
    assumeTrue(Files.isExecutable(KNOT), "Debian package knot is not installed");
  }

  @Test
  void shouldAnswerAsKnotDns() throws Exception {
    for (long seed = SEED; seed < SEED + ZONES; seed++) {
      PeerZone peerZone = new PeerZone(seed);
      Path own = Files.createDirectory(directory.resolve("" + seed));
      try (TestZone ours = new TestZone(own, peerZone.data());
          DatagramSocket socket = new DatagramSocket()) {
        Process knot = startKnot(own, peerZone, socket);
        try {
          compare(ours, peerZone, socket, seed);
        } finally {
          knot.destroy();
          knot.onExit().join();
        }
      }
    }
  }

  private Process startKnot(Path own, PeerZone zone, DatagramSocket socket) throws Exception {
    InetAddress ip = InetAddress.ofLiteral("127.53.0.3");
    int port;
    try (DatagramSocket free = new DatagramSocket(0, ip)) {
      port = free.getLocalPort();
    }
    Files.writeString(own.resolve("zone"), zone.master());
    Files.writeString(
        own.resolve("knot.conf"),
        """
        server:
          listen: 127.53.0.3@%1$d
          rundir: %2$s
        database:
          storage: %2$s
        zone:
        - domain: z.test
          storage: %2$s
          file: zone
          semantic-checks: off
        """
            .formatted(port, own));
    socket.connect(new InetSocketAddress(ip, port));
    Process knot =
        new ProcessBuilder(KNOT.toString(), "-c", own.resolve("knot.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("knot.log").toFile())
            .start();
    // Until it listens the socket gets errors, or nothing.
    while (knot.isAlive()) {
      try {
        if (ask(socket, "z.test", RecordType.SOA).answers().size() == 1) {
          return knot;
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError(Files.readString(own.resolve("knot.log")));
  }

  private Message ask(DatagramSocket socket, String name, RecordType type) throws Exception {
    PacketWriter query = new PacketWriter(512);
    int id = ++lastId & 0xffff;
    new Message(id, 0, new Question(Name.parse(name), type), Optional.empty()).write(query);
    for (int tries = 0; ; tries++) {
      socket.setSoTimeout(tries < 4 ? 100 : 5000);
      socket.send(new DatagramPacket(query.buffer(), query.length()));
      try {
        while (true) {
          DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
          socket.receive(reply);
          Message message = Message.read(reply.getData(), reply.getLength());
          if (message.id() == id) {
            return message;
          }
        }
      } catch (SocketTimeoutException e) {
        if (tries == 5) {
          throw e;
        }
      }
    }
  }

  private void compare(TestZone ours, PeerZone zone, DatagramSocket socket, long seed)
      throws Exception {
    for (String name : zone.names()) {
      for (RecordType type : TYPES) {
        Message answer = ours.ask(name, type);
        if (isComparable(answer)) {
          String what = "seed " + seed + ", " + name + " " + type;
          assertEquals(essence(ask(socket, name, type)), essence(answer), what);
        }
      }
    }
  }

  /**
   * True if servers must agree: not on where a loop ends, of which a redirection below itself is
   * one, or what fits, and where a redirection leads to a name too long, Knot goes on with the
   * records of its target.
   */
  private static boolean isComparable(Message message) {
    long aliases =
        message.section(Section.ANSWER).stream()
            .filter(answer -> answer.type().equals(RecordType.CNAME))
            .count();
    boolean redirectsBelowItself =
        message.answers().stream()
            .anyMatch(answer ->
                answer.rdata() instanceof Dname dname && dname.target().isWithin(answer.owner()));
    return aliases < LOOP
        && !redirectsBelowItself
        && (message.flags() & Header.TC) == 0
        && !message.rcode().equals(Rcode.YXDOMAIN);
  }

  /** What two servers must agree on: not on name servers beside a positive answer, nor on glue. */
  private static String essence(Message message) {
    TreeSet<String> records = new TreeSet<>();
    for (ResourceRecord answer : message.section(Section.ANSWER)) {
      records.add("answer " + answer);
    }
    for (ResourceRecord authority : message.section(Section.AUTHORITY)) {
      if (message.answers().isEmpty() || !authority.owner().toString().equals("z.test")) {
        records.add("authority " + authority);
      }
    }
    boolean authoritative = (message.flags() & Header.AA) != 0;
    return message.rcode() + (authoritative ? " AA " : " ") + records;
  }
}
