package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Dig.Asked;
import djbdns.tools.Peer.Signing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A zone goes the whole way round: what tinydns-export writes is served by NSD, Knot DNS and BIND,
 * axfr-get brings it back, and tinydns answers from that as they do.
 */
@Timeout(120)
final class PrimariesIT {
  private static final ReplicatedZone PLAIN = new ReplicatedZone("plain.test");
  private static final ReplicatedZone KEYED = new ReplicatedZone("keyed.test");

  private static final Map<String, Signing> ZONES =
      new TreeMap<>(
          Map.of(
              PLAIN.name(),
              Signing.NONE,
              ReplicatedZone.REVERSE,
              Signing.NONE,
              KEYED.name(),
              Signing.KEYED));

  @TempDir private Path directory;

  private Namespace namespace;

  @BeforeEach
  void start() throws Exception {
    Peer.assumeAll();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    namespace = Namespace.create();
  }

  @AfterEach
  void stop() throws Exception {
    if (namespace != null) {
      namespace.close();
    }
  }

  private Execution run(Path where, String command, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(Suite.launcher(command).toString()));
    all.addAll(List.of(words));
    return Execution.of(where, TinydnsProcess.JAVA_ENVIRONMENT, namespace.inside(all));
  }

  /** Lets a peer serve what we export. */
  private void startPrimary(Peer peer) throws Exception {
    Path source = Files.createDirectory(directory.resolve("source"));
    Path own = Files.createDirectory(directory.resolve(peer.toString()));
    TinydnsProcess.compile(source, PLAIN.data(1) + KEYED.data(1) + ReplicatedZone.reverseData(1));
    for (String zone : ZONES.keySet()) {
      Execution exported = run(source, "tinydns-export", zone);
      assertEquals(0, exported.exitCode(), exported.error());
      Files.writeString(own.resolve(zone + ".zone"), exported.output());
    }
    ServerProcess server = peer.startPrimary(namespace, own, ZONES);
    for (String zone : ZONES.keySet()) {
      String[] dig = {"dig", "@" + peer.address(), "+tries=1", "+time=1", "+short", zone, "SOA"};
      server.await(() -> namespace.run(directory, dig).output().contains(" 1 3600 "));
    }
  }

  private String transferred(Peer peer, String zone, Path key) throws Exception {
    Path file = directory.resolve(zone + ".data");
    String temporary = file + ".tmp";
    String from = peer.address();
    if (ZONES.get(zone) == Signing.KEYED) {
      Execution unsigned =
          run(directory, "axfr-get", "--server", from, zone, file.toString(), temporary);
      assertEquals(111, unsigned.exitCode());
      assertFalse(Files.exists(file));
    }
    List<String> words = new ArrayList<>(List.of("--server", from));
    if (ZONES.get(zone) == Signing.KEYED) {
      words.addAll(List.of("--key", key.toString()));
    }
    words.addAll(List.of(zone, file.toString(), temporary));
    Execution signed = run(directory, "axfr-get", words.toArray(String[]::new));
    assertEquals("", signed.error());
    assertEquals(0, signed.exitCode());
    return Files.readString(file);
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void shouldAnswerAsThePrimaryThatTheZoneIsFrom(Peer peer) throws Exception {
    startPrimary(peer);
    String keyLine = "hmac-sha256:" + Peer.KEY + ":" + Peer.SECRET;
    Path key = ContentServers.writeKeys(directory.resolve("key"), keyLine);
    StringBuilder data = new StringBuilder();
    for (String zone : ZONES.keySet()) {
      data.append(transferred(peer, zone, key));
    }
    String address = "10.54.0.1";
    Path own = Files.createDirectory(directory.resolve("ours"));
    ContentServers ours = new ContentServers(namespace, own, address);
    ours.publish(data.toString());
    ours.startTinydns(Map.of(), keyLine);
    List<Asked> questions = new ArrayList<>(ReplicatedZone.reverseQuestions());
    questions.addAll(PLAIN.questions());
    questions.addAll(KEYED.questions());
    List<String> differences =
        new WholeReplies(namespace, directory).differences(questions, peer.address(), address);
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
  }
}
