package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fresh {@link Machine}s on one wire: a server, a slave, a client and a stranger, each made when it
 * is first asked for, and a small internet behind a router. The suite is installed in all of them.
 * No packet leaves.
 *
 * <p>The internet has the addresses of the real root servers, so that dnscache needs no word about
 * it. Three NSDs serve the root, {@code com} and {@code org}, and below these {@code example.com}
 * and {@code example.org}; the zones are in the test's resources, {@code howto/internet/}.
 */
final class Lan implements AutoCloseable {
  private static final String ROUTER = "192.168.0.254";

  /**
   * Of the router's bridge, which would otherwise go by the lowest one of its ports: with every
   * machine that joins it might be another, and those there before would send to the old one until
   * their neighbour entries had expired, most of a minute.
   */
  private static final String ROUTER_HARDWARE = "02:00:00:00:00:fe";

  /** The last 16 bits are the machine's, so that nobody on the wire needs the router. */
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "server", "192.168.1.1",
          "slave", "192.168.1.2",
          "client", "192.168.1.10",
          "stranger", "192.168.2.11");

  /** Of this year and of lists that are still around. */
  private static final List<String> ROOTS =
      List.of(
          "198.41.0.4 170.247.170.2 192.33.4.12 199.7.91.13 192.203.230.10 192.5.5.241",
          "192.112.36.4 198.97.190.53 192.36.148.17 192.58.128.30 193.0.14.129 199.7.83.42",
          "202.12.27.33 199.9.14.201 192.228.79.201 128.8.10.90 128.63.2.53");

  private static final String STATE =
      "svstat /service/* 2>&1; tail -n 20 /service/*/log/main/current 2>&1; ip neighbour";
  private static final String TOP = "198.51.100.1";

  /**
   * The second one stands for a provider's cache, which knows them without being told from where.
   */
  private static final String LEAF = "203.0.113.1 203.0.113.53";

  private final Path directory;
  private final Machine.Disks disks;
  private final Machine internet;
  private final boolean isInstalled;
  private final Map<String, Machine> machines = new LinkedHashMap<>();

  private Lan(Path directory, Machine.Disks disks, Machine internet, boolean isInstalled) {
    this.directory = directory;
    this.disks = disks;
    this.internet = internet;
    this.isInstalled = isInstalled;
  }

  /** Skips the test where there can be no such network. */
  static void assumePossible() throws IOException, InterruptedException {
    Machine.assumePossible();
    List<String> programs =
        List.of("/usr/sbin/nsd", "/usr/bin/dig", "/usr/bin/rsync", "/usr/bin/make");
    for (String program : programs) {
      assumeTrue(Files.isExecutable(Path.of(program)), () -> program + " is not installed");
    }
  }

  /**
   * Makes the network and its internet; returns when its servers answer.
   *
   * @param directory an empty one
   */
  static Lan start(Path directory, Installation installation)
      throws IOException, InterruptedException {
    return start(directory, installation.local(), true);
  }

  /** The same with servers on which nothing is installed. */
  static Lan startBare(Path directory) throws IOException, InterruptedException {
    return start(directory, Files.createDirectory(directory.resolve("local")), false);
  }

  private static Lan start(Path directory, Path local, boolean isInstalled)
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Machine.Disks disks = new Machine.Disks(local, shared);
    Machine internet = Machine.start("internet", directory.resolve("internet"), disks);
    Lan lan = new Lan(directory, disks, internet, isInstalled);
    try {
      lan.startInternet();
      return lan;
    } catch (IOException | InterruptedException | AssertionError e) {
      lan.close();
      throw e;
    }
  }

  private void startInternet() throws IOException, InterruptedException {
    internet.output(
        "ip link add wire address " + ROUTER_HARDWARE + " type bridge && ip link set wire up");
    internet.output("ip address add " + ROUTER + "/16 dev wire");
    startNsd("root", String.join(" ", ROOTS), List.of("."));
    startNsd("top", TOP, List.of("com", "org"));
    startNsd("leaf", LEAF, List.of("example.com", "example.org"));
  }

  private void startNsd(String server, String addresses, List<String> zones)
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(disks.shared().resolve("internet").resolve(server));
    StringBuilder conf = new StringBuilder();
    conf.append(
        "server:\n  server-count: 1\n  username: \"\"\n  database: \"\"\n  pidfile: \"\"\n");
    conf.append("  rrl-ratelimit: 0\n  zonelistfile: list\n  xfrdfile: xfrd\n");
    conf.append("  zonesdir: /srv/shared/internet/").append(server).append('\n');
    for (String address : addresses.split(" ", -1)) {
      internet.output("ip address add " + address + "/32 dev lo");
      conf.append("  ip-address: ").append(address).append('\n');
    }
    conf.append("remote-control:\n  control-enable: no\n");
    for (String zone : zones) {
      String file = (zone.equals(".") ? "root" : zone) + ".zone";
      try (InputStream in = Lan.class.getResourceAsStream("/howto/internet/" + file)) {
        Files.copy(in, own.resolve(file));
      }
      conf.append("zone:\n  name: \"%s\"\n  zonefile: %s\n".formatted(zone, file));
    }
    Files.writeString(own.resolve("conf"), conf);
    internet.output("nsd -d -c /srv/shared/internet/" + server + "/conf >/dev/null 2>&1 &");
    String first = addresses.split(" ", -1)[0];
    internet.await(
        "dig @" + first + " +norec +tries=1 +time=1 " + zones.getLast() + " soa", "NOERROR");
  }

  /** What all machines see in {@code /srv/shared}. */
  Path shared() {
    return disks.shared();
  }

  Machine server() throws IOException, InterruptedException {
    return machine("server");
  }

  /** Another server, on which {@code ssh} on the server starts commands. */
  Machine slave() throws IOException, InterruptedException {
    return machine("slave");
  }

  /** A machine whose address begins like the server's, 192.168.1, and which asks it. */
  Machine client() throws IOException, InterruptedException {
    return machine("client");
  }

  /** A machine with another address, 192.168.2.11, that asks the server. */
  Machine stranger() throws IOException, InterruptedException {
    return machine("stranger");
  }

  /** The machine of this name. */
  Machine machine(String name) throws IOException, InterruptedException {
    Machine known = machines.get(name);
    if (known != null) {
      return known;
    }
    Machine machine = Machine.start(name, directory.resolve(name), disks);
    machines.put(name, machine);
    connect(machine, ADDRESSES.get(name));
    switch (name) {
      case "server" -> {
        machine.installScript("ssh.sh", "ssh");
        if (isInstalled) {
          startServices(machine);
        }
      }
      case "slave" -> {
        machine.installScript("sshd.sh", "sshd");
        machine.output("ln -s " + ADDRESSES.get(name) + " /srv/shared/192.0.2.2");
        machine.output("sshd " + ADDRESSES.get(name) + " >/dev/null 2>&1 &");
        machine.await("ls /srv/shared/" + ADDRESSES.get(name), "calls");
        startServices(machine);
      }
      default ->
          machine.output("echo nameserver " + ADDRESSES.get("server") + " >/etc/resolv.conf");
    }
    return machine;
  }

  /** The router, behind which the internet is. */
  Machine internet() {
    return internet;
  }

  /** A test's failure, with the state of all machines if it was no assumption that failed. */
  Throwable explained(Throwable failure) throws IOException, InterruptedException {
    return failure instanceof AssertionError
        ? new AssertionError(failure.getMessage() + "\n" + state(), failure)
        : failure;
  }

  /**
   * The services of all machines, the ends of their logs, and whom they see on the wire, to see
   * what went wrong.
   */
  String state() throws IOException, InterruptedException {
    StringBuilder state = new StringBuilder();
    for (Machine machine : machines.values()) {
      state.append(machine.name()).append('\n');
      state.append(machine.run(STATE).output());
    }
    return state.toString();
  }

  private static void startServices(Machine machine) throws IOException, InterruptedException {
    machine.output("mkdir -p /service && svscanboot </dev/null >/dev/null 2>&1 &");
  }

  private void connect(Machine machine, String address) throws IOException, InterruptedException {
    String wire = "wire-" + machine.name();
    List<String> words =
        new ArrayList<>(List.of("/usr/bin/nsenter", "-t", Long.toString(internet.pid()), "--net"));
    words.addAll(List.of("/usr/sbin/ip", "link", "add", wire, "type", "veth"));
    words.addAll(List.of("peer", "name", "eth0", "netns", Long.toString(machine.pid())));
    Execution execution = Execution.of(Path.of("/"), Map.of(), words);
    assertEquals(0, execution.exitCode(), execution::error);
    internet.output("ip link set " + wire + " master wire up");
    machine.output("ip address add " + address + "/16 dev eth0 && ip link set eth0 up");
    machine.output("ip route add default via " + ROUTER);
    // What the world would reach them by: the last number of the LAN's address.
    String number = address.substring(address.lastIndexOf('.') + 1);
    machine.output("ip address add 192.0.2." + number + "/24 dev eth0");
    machine.output("ip address add 2001:db8::" + number + "/64 dev eth0 nodad");
  }

  @Override
  public void close() {
    machines.values().forEach(Machine::close);
    internet.close();
  }
}
