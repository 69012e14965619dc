package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Dig.Asked;
import djbdns.tools.Peer.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * tinydns and axfrdns as the primary of NSD, Knot DNS and BIND, with signatures and without. Zones
 * are refreshed once an hour, so what is new comes by NOTIFY.
 */
@Timeout(300)
final class SecondariesIT {
  private static final String OURS = "10.54.0.1";
  private static final ReplicatedZone PLAIN = new ReplicatedZone("plain.test");
  private static final ReplicatedZone KEYED = new ReplicatedZone("keyed.test");
  private static final String WRONG_KEY = "wrong-key.test";
  private static final String MISSING_KEY = "missing-key.test";

  private static final Map<String, Signing> ZONES =
      new TreeMap<>(
          Map.of(
              PLAIN.name(), Signing.NONE,
              ReplicatedZone.REVERSE, Signing.NONE,
              KEYED.name(), Signing.KEYED,
              WRONG_KEY, Signing.WRONG_KEY,
              MISSING_KEY, Signing.MISSING_KEY));

  private static final List<String> GOOD =
      List.of(PLAIN.name(), KEYED.name(), ReplicatedZone.REVERSE);

  private static final String RULES =
      """
      10.54.1.:allow,AXFR="plain.test/2.0.192.in-addr.arpa"
      10.54.2.:allow,AXFR="keyed.test/wrong-key.test/missing-key.test",TSIG="transfer.test"
      10.54.0.:allow
      :deny
      """;

  private static final String KEY_LINE = "hmac-sha256:" + Peer.KEY + ":" + Peer.SECRET;

  @TempDir private static Path directory;

  private static Namespace namespace;
  private static ContentServers ours;
  private static ServerProcess axfrdns;
  private static final Map<Peer, ServerProcess> secondaries = new EnumMap<>(Peer.class);
  private static int serial;

  @BeforeAll
  static void start() throws Exception {
    Peer.assumeAll();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    namespace = Namespace.create();
    ours = new ContentServers(namespace, Files.createDirectory(directory.resolve("ours")), OURS);
    publishNext();
    ours.startTinydns(Map.of("TCP", "0"), KEY_LINE);
    StringBuilder notify = new StringBuilder();
    for (Peer peer : Peer.values()) {
      notify.append("plain.test %s\n".formatted(peer.address()));
      notify.append("%s %s\n".formatted(ReplicatedZone.REVERSE, peer.address()));
      notify.append("keyed.test %s %s\n".formatted(peer.keyedAddress(), Peer.KEY));
    }
    axfrdns = ours.startAxfrdns(RULES, KEY_LINE, notify.toString());
    for (Peer peer : Peer.values()) {
      Path own = Files.createDirectory(directory.resolve(peer.toString()));
      secondaries.put(peer, peer.startSecondary(namespace, own, ZONES, OURS));
    }
    for (Peer peer : Peer.values()) {
      awaitSerial(peer);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (namespace != null) {
      namespace.close();
    }
  }

  private static void publishNext() throws IOException, InterruptedException {
    serial++;
    ours.publish(
        PLAIN.data(serial)
            + KEYED.data(serial)
            + ReplicatedZone.reverseData(serial)
            + new ReplicatedZone(WRONG_KEY).data(serial)
            + new ReplicatedZone(MISSING_KEY).data(serial));
  }

  /** Returns when a secondary has this version of its zones. */
  private static void awaitSerial(Peer peer) throws IOException, InterruptedException {
    for (String zone : GOOD) {
      secondaries.get(peer).await(() -> soa(peer, zone).contains(" " + serial + " 3600 "));
    }
  }

  private static String dig(String server, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("dig", "@" + server, "+tries=1", "+time=2"));
    command.addAll(List.of(words));
    return namespace.run(directory, command.toArray(String[]::new)).output();
  }

  private static String soa(Peer peer, String zone) throws IOException, InterruptedException {
    return dig(peer.address(), "+norec", "+short", zone, "SOA");
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void shouldReplicateEveryAnswer(Peer peer) throws Exception {
    List<Asked> questions = new ArrayList<>(ReplicatedZone.reverseQuestions());
    questions.addAll(PLAIN.questions());
    questions.addAll(KEYED.questions());
    List<String> differences =
        new WholeReplies(namespace, directory).differences(questions, OURS, peer.address());
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
  }
}
