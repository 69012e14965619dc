package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A {@link PacketStorm} against dnscache, from a client that it serves, while the servers that it
 * asks send damaged replies.
 *
 * <p>By hand: {@code java -Dsuite.directory=tools/target/djbdns -cp
 * tools/target/test-classes:tools/target/djbdns/lib/* djbdns.tools.DnscacheStorm 1000000 [seed]}.
 */
final class DnscacheStorm {
  private static final String IP = "127.33.2.1";
  private static final String HONEST_IP = "127.33.2.2";
  private static final String HOSTILE_IP = "127.33.2.3";

  /** n5.good.soak A IN, after the two bytes of the ID. */
  private static final byte[] PROBE =
      "\1\0\0\1\0\0\0\0\0\0\2n5\4good\4soak\0\0\1\0\1".getBytes(ISO_8859_1);

  private DnscacheStorm() {}

  public static void main(String[] args) throws Exception {
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new SplittableRandom().nextLong();
    run(Files.createTempDirectory("storm"), Integer.parseInt(args[0]), seed);
    System.out.println("dnscache has withstood " + args[0] + " packets");
  }

  /**
   * Starts a dnscache and its servers, sends it that many packets and stops it.
   *
   * @param directory an empty one
   * @throws AssertionError if dnscache did not withstand them
   */
  static void run(Path directory, int packets, long seed) throws Exception {
    System.out.println("storm of " + packets + " packets, seed " + seed);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    InetAddress ip = InetAddress.ofLiteral(IP);
    InetSocketAddress address = new InetSocketAddress(ip, TinydnsProcess.freePort(ip));
    try (ScriptedServer honest = ScriptedServer.start(HONEST_IP, 0, new SoakScript(0));
        ScriptedServer hostile = ScriptedServer.start(HOSTILE_IP, 0, new HostileScript(seed))) {
      DnscacheSetup setup =
          DnscacheSetup.create(
                  directory,
                  IP,
                  Map.of("@", List.of(hostile.address()), "good.soak", List.of(honest.address())),
                  List.of("127"))
              .with("PORT", Integer.toString(address.getPort()));
      ServerProcess server = setup.start(Optional.empty());
      try (server) {
        new PacketStorm("dnscache", server, address, PROBE, seed).send(packets);
      }
      PacketStorm.assertUsual(server, DnscacheLog.USUAL_LINE);
    }
  }
}
