package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network namespace (ip-netns(8)) of a test's own: every packet stays within it, and its programs
 * may use any address and port. Ends the servers it has started when it is closed.
 */
final class Namespace implements AutoCloseable {
  private static final Path IP = Path.of("/usr/sbin/ip");
  private static final Path RESOLV_CONFS = Path.of("/etc/netns");
  private static final int RUN_TIMEOUT_SECONDS = 120;
  private static final String NOWHERE_MAC = "02:00:00:00:00:02";

  private final String name;
  private final List<ServerProcess> servers = new ArrayList<>();

  private Namespace(String name) {
    this.name = name;
  }

  /** Skips the test where namespaces cannot be made. */
  static void assumePossible() throws IOException, InterruptedException {
    assumeTrue(TinydnsProcess.isRoot(), "only root can make a network namespace");
    assumeTrue(Files.isExecutable(IP), "Debian package iproute2 is not installed");
    String name = newName();
    Execution added = tryIp("netns", "add", name);
    assumeTrue(added.exitCode() == 0, () -> "no network namespaces here: " + added.error());
    ip("netns", "delete", name);
  }

  /** Makes one, with IPv4 and IPv6 on its loopback interface. */
  static Namespace create() throws IOException, InterruptedException {
    Namespace namespace = new Namespace(newName());
    ip("netns", "add", namespace.name);
    namespace.ipInside("link", "set", "lo", "up");
    return namespace;
  }

  private static String newName() {
    return "djbdns-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  private static Execution tryIp(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(IP.toString()));
    command.addAll(List.of(words));
    return Execution.of(Path.of("/"), Map.of(), command);
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    Execution execution = tryIp(words);
    if (execution.exitCode() != 0) {
      throw new AssertionError("ip " + String.join(" ", words) + ": " + execution.error());
    }
  }

  private void ipInside(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-n", name));
    all.addAll(List.of(words));
    ip(all.toArray(String[]::new));
  }

  /** Gives the namespace an address, IPv4 or IPv6. */
  void addAddress(String address) throws IOException, InterruptedException {
    if (address.contains(":")) {
      ipInside("address", "add", address + "/128", "dev", "lo", "nodad");
    } else {
      ipInside("address", "add", address + "/32", "dev", "lo");
    }
  }

  /**
   * Makes an IPv4 network whose addresses swallow every packet.
   *
   * @param from the address that packets to it come from; the namespace has it
   * @param addresses IPv4 addresses that do not answer
   */
  void addSilence(String from, List<String> addresses) throws IOException, InterruptedException {
    ipInside("link", "add", "silence", "type", "veth", "peer", "name", "nowhere");
    ipInside("link", "set", "silence", "up");
    ipInside("link", "set", "nowhere", "up");
    ipInside("address", "add", from + "/32", "dev", "silence");
    for (String address : addresses) {
      ipInside("route", "add", address + "/32", "dev", "silence", "src", from);
      ipInside("neighbour", "add", address, "lladdr", NOWHERE_MAC, "dev", "silence");
    }
  }

  /** The command that runs a command in the namespace; the process keeps its ID. */
  List<String> inside(List<String> command) {
    List<String> words = new ArrayList<>(List.of(IP.toString(), "netns", "exec", name));
    words.addAll(command);
    return words;
  }

  /** Runs a program in the namespace to its end. */
  Execution run(Path directory, String... command) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("PATH", "/usr/sbin:/usr/bin:/bin", "LC_ALL", "C");
    return Execution.of(directory, environment, inside(List.of(command)), RUN_TIMEOUT_SECONDS);
  }

  /** Starts a server in the namespace; {@link #close} ends it. */
  ServerProcess start(
      String server, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ServerProcess process = ServerProcess.start(server, inside(command), environment, log);
    servers.add(process);
    return process;
  }

  /** Kills every process that is in the namespace, those that supervisors have left as well. */
  void endProcesses() throws IOException, InterruptedException {
    while (true) {
      List<String> pids = tryIp("netns", "pids", name).output().lines().toList();
      if (pids.isEmpty()) {
        return;
      }
      for (String pid : pids) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** Sets what programs in the namespace find at {@code /etc/resolv.conf}. */
  void setResolvConf(String text) throws IOException {
    Path own = Files.createDirectories(RESOLV_CONFS.resolve(name));
    Files.writeString(own.resolve("resolv.conf"), text);
  }

  @Override
  public void close() throws IOException {
    servers.reversed().forEach(ServerProcess::close);
    Files.deleteIfExists(RESOLV_CONFS.resolve(name).resolve("resolv.conf"));
    Files.deleteIfExists(RESOLV_CONFS.resolve(name));
    try {
      ip("netns", "delete", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteIfEmpty(RESOLV_CONFS);
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    boolean empty;
    try (Stream<Path> entries = Files.list(directory)) {
      empty = entries.findAny().isEmpty();
    }
    if (empty) {
      Files.delete(directory);
    }
  }
}
