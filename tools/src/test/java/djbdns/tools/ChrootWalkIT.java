package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks through what each daemon does behind its chroot while strace(1) watches: nothing may be
 * looked for outside that is not there, such as a native library of the JVM.
 */
@Timeout(300)
final class ChrootWalkIT {
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";
  private static final String KEY = "hmac-sha256:k.example:" + SECRET;

  private static final Pattern FIRST_PATH = Pattern.compile("\"([^\"]*)\"");

  /** glibc may look there for how to give memory back, and does without. */
  private static final String OVERCOMMIT = "/proc/sys/vm/overcommit_memory";

  @TempDir private Path directory;

  @BeforeEach
  void assumeTools() throws IOException {
    assumeTrue(TinydnsProcess.isRoot(), "only root can change the root directory");
    assumeTrue(Files.isExecutable(STRACE), "Debian package strace is not installed");
    ConfinedService.assumeDig();
  }

  private static ServerProcess start(ConfinedService service) throws Exception {
    // With -D the daemon keeps the process that its supervisor knows.
    return service.start(
        "envuidgid nobody", STRACE + " -D -f -qq -e trace=%file -e signal=none -o trace");
  }

  /** The files that were looked for in vain after chroot(2). */
  private static List<String> missed(ConfinedService service) throws IOException {
    List<String> missed = new ArrayList<>();
    Map<String, String> unfinished = new HashMap<>();
    boolean behind = false;
    for (String line : Files.readAllLines(service.directory().resolve("trace"))) {
      String thread = line.split(" ", 2)[0];
      if (line.contains("<unfinished ...>")) {
        unfinished.put(thread, line);
      }
      String whole = line.contains(" resumed>") ? unfinished.get(thread) + line : line;
      if (behind && line.contains(" = -1 ")) {
        Matcher path = FIRST_PATH.matcher(whole);
        String name = path.find() ? path.group(1) : whole;
        if (!name.equals(OVERCOMMIT)) {
          missed.add(name);
        }
      }
      behind |= line.contains("chroot(") && !line.contains(" = -1 ");
    }
    assertTrue(behind, "chroot(2) is in the trace");
    return missed;
  }

  /** Ends the daemon and looks at what it has done. */
  private static void assertNothingMissed(
      ConfinedService service, ServerProcess server, List<String> expected) throws Exception {
    server.close();
    assertEquals(
        List.of(), missed(service).stream().filter(path -> !expected.contains(path)).toList());
    assertEquals(
        List.of(),
        server.log().stream()
            .filter(
                line -> line.matches(".*(NoClassDefFound|UnsatisfiedLink|Initializer).*Error.*"))
            .toList());
  }

  private static void control(ConfinedService service, String command) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Suite.launcher("dnscachectl").toString());
    words.addAll(List.of("-d", service.directory().toString()));
    words.addAll(List.of(command.split(" ", -1)));
    Execution execution = Execution.of(service.directory(), TinydnsProcess.JAVA_ENVIRONMENT, words);
    assertEquals(0, execution.exitCode(), command + ": " + execution.error());
  }

  private static void askEverything(ConfinedService service) throws Exception {
    assertTrue(service.answers());
    service.dig("+tcp", "h.example.test", "any");
    service.dig("+nsid", "+bufsize=4096", "h.example.test", "any");
    service.dig("+edns=1", "+noednsneg", "h.example.test", "a");
    service.dig("+opcode=update", "h.example.test", "a");
    service.dig("-c", "CH", "version.bind", "txt");
    service.dig("+tcp", "example.test", "axfr");
    service.dig("+tcp", "example.test", "ixfr=1");
    service.dig("+notcp", "example.test", "ixfr=1");
    service.dig("-y", KEY, "h.example.test", "a");
    service.dig("-y", "hmac-sha256:k.example:AAAA", "h.example.test", "a");
    service.dig("-y", "hmac-md5:k.example:AAAA", "h.example.test", "a");
    service.sendRubbish(new Random(6), 200);
  }

  /** Sends a NOTIFY back as its own answer, without the signature that it may need. */
  private static void answerNotice(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(20_000);
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    socket.receive(packet);
    packet.getData()[2] |= (byte) 0x80;
    socket.send(packet);
  }

  private static void damage(ConfinedService service, ServerProcess server) throws Exception {
    Path damaged = Files.write(service.root().resolve("damaged"), new byte[2050]);
    Files.move(damaged, service.root().resolve("data.cdb"), StandardCopyOption.ATOMIC_MOVE);
    server.await(() -> server.logged(line -> line.contains("still serving the old")).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tinydns", "pickdns", "rbldns", "walldns"})
  void shouldFindEverythingThatAContentServerNeeds(String daemon) throws Exception {
    ConfinedService service = new ConfinedService(daemon, directory);
    service.set("TSIGKEYS", "keys");
    ContentServers.writeKeys(directory.resolve("keys"), KEY + "\n");
    try (ServerProcess server = start(service)) {
      askEverything(service);
      if (!daemon.equals("walldns")) {
        damage(service, server);
      }
      askEverything(service);
      assertNothingMissed(service, server, List.of());
    }
  }

  @Test
  void shouldFindEverythingThatCompatibleAnswersNeed() throws Exception {
    ConfinedService service = new ConfinedService("tinydns", directory);
    service.set("COMPAT", "1.05");
    try (ServerProcess server = start(service)) {
      askEverything(service);
      service.publish("192.0.2.9");
      server.await(() -> service.dig("h.example.test", "a").contains("192.0.2.9"));
      assertNothingMissed(service, server, List.of());
    }
  }

  @Test
  void shouldFindEverythingThatTransfersNeed() throws Exception {
    ConfinedService service = new ConfinedService("axfrdns", directory);
    service.set("TSIGKEYS", "keys");
    ContentServers.writeKeys(directory.resolve("keys"), KEY + "\n");
    try (DatagramSocket plain = new DatagramSocket(0, InetAddress.ofLiteral("127.61.0.4"));
        DatagramSocket signed = new DatagramSocket(0, InetAddress.ofLiteral("127.61.0.5"))) {
      service.set("NOTIFY", "notify");
      Files.writeString(
          service.directory().resolve("notify"),
          "example.test 127.61.0.4:%d\n* 127.61.0.5:%d k.example\n"
              .formatted(plain.getLocalPort(), signed.getLocalPort()));
      try (ServerProcess server = start(service)) {
        askEverything(service);
        assertTrue(service.dig("example.test", "axfr").contains("192.0.2.1"), "transfer");
        answerNotice(plain);
        answerNotice(signed);
        server.awaitLogged("notify 127.61.0.4:");
        damage(service, server);
        service.publish("192.0.2.9");
        server.await(() -> service.dig("h.example.test", "a").contains("192.0.2.9"));
        assertTrue(
            service.dig("-y", KEY, "example.test", "axfr").contains("192.0.2.9"),
            "signed transfer");
        assertNothingMissed(service, server, List.of());
      }
    }
  }

  @Test
  void shouldFindEverythingThatTheCacheNeeds() throws Exception {
    Path own = Files.createDirectory(directory.resolve("content"));
    String data =
        ".example.test:127.61.0.3:a\n+h.example.test:192.0.2.1\n"
            + "'big.example.test:%s\n".formatted("text ".repeat(400));
    InetAddress contentIp = InetAddress.ofLiteral("127.61.0.3");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Path second = Files.createDirectory(directory.resolve("second"));
    String secondData = ".six.test::a\n+h.six.test:192.0.2.6\n";
    try (TinydnsProcess content = TinydnsProcess.start(own, contentIp, data);
        TinydnsProcess six =
            TinydnsProcess.start(second, InetAddress.ofLiteral("::1"), secondData)) {
      ConfinedService service = new ConfinedService("dnscache", cache);
      Path servers = service.root().resolve("servers");
      String address = "127.61.0.3:" + content.address().getPort() + "\n";
      Files.writeString(servers.resolve("example.test"), address);
      Files.writeString(servers.resolve("six.test"), "[::1]:" + six.address().getPort() + "\n");
      service.set("CACHEDUMP", "var/cache");
      Files.setAttribute(service.makeDirectory("root/var"), "unix:uid", 65534);
      try (ServerProcess server = start(service)) {
        askEverything(service);
        assertTrue(service.dig("+notcp", "h.example.test", "a").contains("192.0.2.1"));
        assertTrue(service.dig("+tcp", "big.example.test", "txt").contains("text text"));
        assertTrue(service.dig("h.six.test", "a").contains("192.0.2.6"));
        service.dig("nobody.answers.test", "a");
        service.dig("www.other.test", "a");
        Files.writeString(servers.resolve("other.test"), address);
        server.signal("HUP");
        Files.createFile(service.root().resolve("ip/10.1"));
        for (String command :
            List.of("stats", "servers", "reload", "dump", "flush h.example.test")) {
          control(service, command);
        }
        server.signal("USR1");
        server.await(() -> Files.exists(service.root().resolve("var/cache")));
        // Absent at the first start, and before each dump.
        assertNothingMissed(service, server, List.of("/var/cache", "/var/cache.new"));
      }
      try (ServerProcess server = start(service)) {
        assertTrue(service.answers());
        assertNothingMissed(service, server, List.of());
      }
      Files.write(service.root().resolve("var/cache"), new byte[100]);
      try (ServerProcess server = start(service)) {
        server.awaitLogged("dnscache: warning: unable to read the cache: the dump is damaged");
        assertNothingMissed(service, server, List.of());
      }
    }
  }
}
