package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

  /** A zone of many messages, each with its signature. */
  private static final String BIG = "big.test";

  private static final int BIG_RECORDS = 20_000;
  private static final String WRONG_KEY = "wrong-key.test";
  private static final String MISSING_KEY = "missing-key.test";

  private static final Map<String, Signing> ZONES =
      new TreeMap<>(
          Map.of(
              PLAIN.name(),
              Signing.NONE,
              ReplicatedZone.REVERSE,
              Signing.NONE,
              KEYED.name(),
              Signing.KEYED,
              BIG,
              Signing.KEYED,
              WRONG_KEY,
              Signing.WRONG_KEY,
              MISSING_KEY,
              Signing.MISSING_KEY));

  private static final List<String> GOOD =
      List.of(PLAIN.name(), KEYED.name(), ReplicatedZone.REVERSE, BIG);

  private static final String RULES =
      """
      10.54.1.:allow,AXFR="plain.test/2.0.192.in-addr.arpa"
      10.54.2.:allow,AXFR="keyed.test/big.test/wrong-key.test/missing-key.test",TSIG="transfer.test"
      10.54.0.:allow
      :deny
      """;

  private static final String KEY_LINE = "hmac-sha256:" + Peer.KEY + ":" + Peer.SECRET;

  @TempDir private static Path directory;

  private static Namespace namespace;
  private static ContentServers ours;
  private static ServerProcess tinydns;
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
    tinydns = ours.startTinydns(Map.of("TCP", "0"), KEY_LINE);
    StringBuilder notify = new StringBuilder();
    for (Peer peer : Peer.values()) {
      notify.append("plain.test %s\n".formatted(peer.address()));
      notify.append("%s %s\n".formatted(ReplicatedZone.REVERSE, peer.address()));
      notify.append("keyed.test %s %s\n".formatted(peer.keyedAddress(), Peer.KEY));
      notify.append("big.test %s %s\n".formatted(peer.keyedAddress(), Peer.KEY));
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
            + bigData()
            + new ReplicatedZone(WRONG_KEY).data(serial)
            + new ReplicatedZone(MISSING_KEY).data(serial));
  }

  private static String bigData() {
    StringBuilder data =
        new StringBuilder("Zbig.test:ns.test:host.test:%d:3600:1800:9999:300\n".formatted(serial))
            .append("&big.test::ns.test\n");
    for (int i = 0; i < BIG_RECORDS; i++) {
      data.append("+host%d.big.test:10.%d.%d.%d\n".formatted(i, serial, i / 256, i % 256));
    }
    return data.toString();
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

  @Test
  void shouldBringEachNewVersionByNotify() throws Exception {
    for (int i = 0; i < 2; i++) {
      publishNext();
      for (Peer peer : Peer.values()) {
        awaitSerial(peer);
        for (ReplicatedZone zone : List.of(PLAIN, KEYED)) {
          String version = "version-%d." + zone.name();
          assertEquals(
              "192.0.2.60\n", dig(peer.address(), "+short", version.formatted(serial), "A"));
          assertEquals("", dig(peer.address(), "+short", version.formatted(serial - 1), "A"));
        }
      }
    }
    for (Peer peer : Peer.values()) {
      for (String notified :
          List.of(
              peer.address() + " " + PLAIN.name(),
              peer.address() + " " + ReplicatedZone.REVERSE,
              peer.keyedAddress() + " " + KEYED.name())) {
        axfrdns.awaitLogged("notify " + notified);
      }
    }
  }

  private static List<Asked> questions() {
    List<Asked> questions = new ArrayList<>(ReplicatedZone.reverseQuestions());
    questions.addAll(PLAIN.questions());
    questions.addAll(KEYED.questions());
    return questions;
  }

  private static void assertNone(List<String> differences) {
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void shouldReplicateEveryAnswer(Peer peer) throws Exception {
    publishNext();
    awaitSerial(peer);
    WholeReplies replies = new WholeReplies(namespace, directory);
    assertNone(replies.differences(questions(), OURS, peer.address()));
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void shouldReplicateZonesOfManyMessages(Peer peer) throws Exception {
    List<Asked> questions = new ArrayList<>();
    for (int i = 0; i < BIG_RECORDS; i += 7) {
      questions.add(new Asked("host%d.big.test".formatted(i), "A"));
    }
    WholeReplies replies = new WholeReplies(namespace, directory);
    assertNone(replies.differences(questions, OURS, peer.address()));
  }

  @Test
  void shouldAnswerTheSameOverUdpAndTcp() throws Exception {
    WholeReplies replies = new WholeReplies(namespace, directory);
    assertNone(replies.differences(questions(), OURS, OURS, "+tcp"));
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void shouldGiveNothingToSecondariesWithoutTheKey(Peer peer) throws Exception {
    String client = "0a3602%02x:".formatted(peer.number());
    for (String zone : List.of(WRONG_KEY, MISSING_KEY)) {
      // With the wrong key BIND gets no further than the SOA record, which it asks tinydns for.
      boolean overUdp = peer == Peer.BIND && zone.equals(WRONG_KEY);
      ServerProcess asked = overUdp ? tinydns : axfrdns;
      asked.await(() -> asked.logged(line -> isQuery(line, client, zone)).isPresent());
      assertFalse(dig(peer.address(), "+norec", zone, "SOA").contains("status: NOERROR"), zone);
    }
  }

  private static boolean isQuery(String line, String client, String zone) {
    return line.startsWith(client) && line.endsWith(" " + zone);
  }

  private static String transfer(String from, String zone, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("-b", from));
    words.addAll(List.of(options));
    words.addAll(List.of(zone, "AXFR"));
    return dig(OURS, words.toArray(String[]::new));
  }

  @Test
  void shouldTransferToThoseWhomTheRulesAllow() throws Exception {
    String from = Peer.BIND.address();
    String keyedFrom = Peer.BIND.keyedAddress();
    String wrong = KEY_LINE.replace(Peer.SECRET, Peer.WRONG_SECRET);
    String unknown = KEY_LINE.replace(Peer.KEY, "unknown.test");
    assertTrue(isTransferred(transfer(from, "plain.test")));
    assertTrue(isTransferred(transfer(keyedFrom, "keyed.test", "-y", KEY_LINE)));
    assertFalse(isTransferred(transfer(keyedFrom, "keyed.test")));
    assertFalse(isTransferred(transfer(keyedFrom, "keyed.test", "-y", wrong)));
    assertFalse(isTransferred(transfer(keyedFrom, "keyed.test", "-y", unknown)));
    assertFalse(isTransferred(transfer(keyedFrom, "plain.test", "-y", KEY_LINE)));
    assertFalse(isTransferred(transfer(from, "keyed.test", "-y", KEY_LINE)));
    assertFalse(isTransferred(transfer(OURS, "plain.test", "-y", KEY_LINE)));
  }

  /** True if there is anything of the zone in it: nothing must leak. */
  private static boolean isTransferred(String output) {
    boolean any = output.contains("192.0.2.");
    assertEquals(any, output.contains("XFR size: "), output);
    assertEquals(!any, output.contains("Transfer failed"), output);
    return any;
  }

  @Test
  void shouldTransferTheSameToEveryTool() throws Exception {
    Set<String> records = records(transfer(Peer.BIND.keyedAddress(), "keyed.test", "-y", KEY_LINE));
    assertTrue(records.size() > 40, records::toString);
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/kdig")),
        "Debian package knot-dnsutils is not installed");
    assertEquals(
        records,
        records(
            run(
                "kdig",
                "@" + OURS,
                "-b",
                Peer.BIND.keyedAddress(),
                "-y",
                KEY_LINE,
                "keyed.test",
                "AXFR")));
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/drill")), "Debian package ldnsutils is not installed");
    String drillKey = Peer.KEY + ":" + Peer.SECRET + ":hmac-sha256";
    assertEquals(
        records,
        records(
            run(
                "drill",
                "-I",
                Peer.BIND.keyedAddress(),
                "-y",
                drillKey,
                "@" + OURS,
                "keyed.test",
                "AXFR")));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    return namespace.run(directory, command).output();
  }

  /** Owners and types; how data are written is each tool's own choice. */
  private static Set<String> records(String output) {
    Set<String> records = new TreeSet<>();
    for (String line : output.lines().toList()) {
      if (!line.isEmpty() && !line.startsWith(";") && !line.contains("\tTSIG\t")) {
        String[] words = line.split("\\s+", 5);
        records.add(words[0] + " " + words[1] + " " + words[3]);
      }
    }
    return records;
  }

  @AfterEach
  void shouldStayAliveAndComplainAboutNothing() throws Exception {
    for (ServerProcess server : List.of(tinydns, axfrdns)) {
      assertTrue(server.isAlive());
      assertEquals(Optional.empty(), server.logged(line -> line.contains("Exception")));
    }
    assertEquals(Optional.empty(), axfrdns.logged(line -> line.contains("unable")));
  }
}
