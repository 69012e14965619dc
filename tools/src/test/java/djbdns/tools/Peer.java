package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Server software of other make: how it is set up as a primary or as a secondary. */
enum Peer {
  NSD("/usr/sbin/nsd", "nsd", 1),
  KNOT("/usr/sbin/knotd", "knot", 2),
  BIND("/usr/sbin/named", "bind9", 3);

  /** The key that some zones take. */
  static final String KEY = "transfer.test";

  static final String SECRET = "YSBzZWNyZXQgdGhhdCBvbmx5IHRoZSB0ZXN0cyBrbm93";

  /** A key of the right name and the wrong secret has this. */
  static final String WRONG_SECRET = "YSBzZWNyZXQgdGhhdCBpcyBub3QgdGhlIHJpZ2h0IG9u";

  /** How a zone's transfers are signed. */
  enum Signing {
    /** Not at all, from the first address. */
    NONE,
    /** With the key, from the second address. */
    KEYED,
    /** As a secondary only: with a key that the primary does not know, from the second address. */
    WRONG_KEY,
    /** As a secondary only: not at all, although from the second address. */
    MISSING_KEY;

    private boolean isSecond() {
      return this != NONE;
    }
  }

  private static final String OTHER_KEY = "other.test";

  private final String program;
  private final String debianPackage;
  private final int number;
  private final String address;
  private final String keyedAddress;

  Peer(String program, String debianPackage, int number) {
    this.program = program;
    this.debianPackage = debianPackage;
    this.number = number;
    address = "10.54.1." + number;
    keyedAddress = "10.54.2." + number;
  }

  /** The last number of its addresses. */
  int number() {
    return number;
  }

  /** Skips the test without the software of all peers. */
  static void assumeAll() throws IOException, InterruptedException {
    Namespace.assumePossible();
    for (Peer peer : values()) {
      assumeTrue(
          Files.isExecutable(Path.of(peer.program)),
          "Debian package " + peer.debianPackage + " is not installed");
    }
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/dig")),
        "Debian package bind9-dnsutils is not installed");
  }

  /** Where it is; its transfers without a key come from there. */
  String address() {
    return address;
  }

  /** Where it is as well; its transfers with a key come from there. */
  String keyedAddress() {
    return keyedAddress;
  }

  /**
   * Starts it as a secondary.
   *
   * @param zones how each is transferred
   * @param primary the address of their primary, at port 53
   */
  ServerProcess startSecondary(
      Namespace namespace, Path directory, Map<String, Signing> zones, String primary)
      throws IOException, InterruptedException {
    String conf =
        zones.entrySet().stream()
            .map(zone -> secondaryZone(zone.getKey(), zone.getValue(), primary))
            .collect(Collectors.joining());
    String remotes =
        this != KNOT
            ? ""
            : List.of(Signing.values()).stream()
                .map(signing -> knotRemote(signing, primary))
                .collect(Collectors.joining());
    String acl =
        "acl:\n- id: primary\n  address: %s\n  action: notify\n".formatted(primary)
            + "- id: primary-keyed\n  address: %s\n  key: %s\n  action: notify\n"
                .formatted(primary, KEY);
    return start(
        namespace, directory, this == KNOT ? "remote:\n" + remotes + acl + "zone:\n" + conf : conf);
  }

  /**
   * Starts it as a primary of zones whose master files are ZONE.zone in the directory.
   *
   * @param zones whether a transfer has to be signed
   */
  ServerProcess startPrimary(Namespace namespace, Path directory, Map<String, Signing> zones)
      throws IOException, InterruptedException {
    String conf =
        zones.entrySet().stream()
            .map(zone -> primaryZone(zone.getKey(), zone.getValue() == Signing.KEYED))
            .collect(Collectors.joining());
    String acl =
        "acl:\n- id: anybody\n  action: transfer\n- id: keyed\n  key: %s\n  action: transfer\n"
            .formatted(KEY);
    return start(namespace, directory, this == KNOT ? acl + "zone:\n" + conf : conf);
  }

  private ServerProcess start(Namespace namespace, Path directory, String zones)
      throws IOException, InterruptedException {
    namespace.addAddress(address);
    namespace.addAddress(keyedAddress);
    Path configuration = directory.resolve("conf");
    Files.writeString(configuration, server(directory) + zones);
    List<String> command =
        switch (this) {
          case NSD -> List.of(program, "-d", "-c", configuration.toString());
          case KNOT -> List.of(program, "-c", configuration.toString());
          case BIND -> List.of(program, "-g", "-n", "1", "-c", configuration.toString());
        };
    return namespace.start(debianPackage, command, Map.of(), directory.resolve("log"));
  }

  private String server(Path directory) {
    String text =
        switch (this) {
          case NSD ->
              """
              server:
                ip-address: ADDRESS
                ip-address: KEYED_ADDRESS
                server-count: 1
                username: ""
                database: ""
                pidfile: ""
                rrl-ratelimit: 0
                minimal-responses: yes
                zonesdir: "DIRECTORY"
                zonelistfile: "DIRECTORY/list"
                xfrdfile: "DIRECTORY/xfrd"
                xfrdir: "DIRECTORY"
              remote-control:
                control-enable: no
              key:
                name: KEY
                algorithm: hmac-sha256
                secret: "SECRET"
              key:
                name: OTHER
                algorithm: hmac-sha256
                secret: "WRONG"
              """;
          case KNOT ->
              """
              server:
                listen: [ ADDRESS@53, KEYED_ADDRESS@53 ]
                rundir: DIRECTORY
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
              log:
              - target: stderr
                any: info
              database:
                storage: DIRECTORY
              key:
              - id: KEY
                algorithm: hmac-sha256
                secret: SECRET
              - id: OTHER
                algorithm: hmac-sha256
                secret: WRONG
              template:
              - id: default
                storage: DIRECTORY
                semantic-checks: off
              """;
          case BIND ->
              """
              controls { };
              options {
                directory "DIRECTORY";
                listen-on { ADDRESS; KEYED_ADDRESS; };
                listen-on-v6 { none; };
                pid-file none;
                session-keyfile none;
                recursion no;
                dnssec-validation no;
                notify no;
                use-alt-transfer-source no;
                zero-no-soa-ttl no;
              };
              key "KEY" { algorithm hmac-sha256; secret "SECRET"; };
              key "OTHER" { algorithm hmac-sha256; secret "WRONG"; };
              """;
        };
    return text.replace("KEYED_ADDRESS", keyedAddress)
        .replace("ADDRESS", address)
        .replace("DIRECTORY", directory.toString())
        .replace("KEY", KEY)
        .replace("OTHER", OTHER_KEY)
        .replace("SECRET", SECRET)
        .replace("WRONG", WRONG_SECRET);
  }

  private static String keyOf(Signing signing) {
    return switch (signing) {
      case KEYED -> KEY;
      case WRONG_KEY -> OTHER_KEY;
      case NONE, MISSING_KEY -> "";
    };
  }

  private String knotRemote(Signing signing, String primary) {
    String key = keyOf(signing).isEmpty() ? "" : "  key: " + keyOf(signing) + "\n";
    return "- id: %s\n  address: %s@53\n  via: %s\n"
            .formatted(signing, primary, signing.isSecond() ? keyedAddress : address)
        + key;
  }

  private String secondaryZone(String zone, Signing signing, String primary) {
    String from = signing.isSecond() ? keyedAddress : address;
    String key = keyOf(signing);
    return switch (this) {
      case NSD -> {
        String named = key.isEmpty() ? "NOKEY" : key;
        yield """
        zone:
          name: "%1$s"
          request-xfr: %2$s %3$s
          allow-notify: %2$s %3$s
          outgoing-interface: %4$s
        """
            .formatted(zone, primary, named, from);
      }
      case KNOT ->
          """
          - domain: %1$s
            master: %2$s
            acl: %3$s
          """
              .formatted(zone, signing, signing == Signing.KEYED ? "primary-keyed" : "primary");
      case BIND -> {
        String keyClause = key.isEmpty() ? "" : " key \"" + key + "\"";
        yield """
        zone "%1$s" {
          type secondary;
          primaries { %2$s%3$s; };
          transfer-source %4$s;
        };
        """
            .formatted(zone, primary, keyClause, from);
      }
    };
  }

  private String primaryZone(String zone, boolean isKeyed) {
    return switch (this) {
      case NSD ->
          """
          zone:
            name: "%1$s"
            zonefile: "%1$s.zone"
            provide-xfr: 10.54.0.0/16 %2$s
          """
              .formatted(zone, isKeyed ? KEY : "NOKEY");
      case KNOT ->
          """
          - domain: %1$s
            file: %1$s.zone
            acl: %2$s
          """
              .formatted(zone, isKeyed ? "keyed" : "anybody");
      case BIND ->
          """
          zone "%1$s" {
            type primary;
            file "%1$s.zone";
            allow-transfer { %2$s; };
          };
          """
              .formatted(zone, isKeyed ? "key \"" + KEY + "\"" : "any");
    };
  }
}
