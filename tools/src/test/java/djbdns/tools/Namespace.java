package djbdns.tools;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/**
 * A network namespace (ip-netns(8)) of a test's own: every packet stays within it, and its programs
 * may use any address and port. Ends the servers it has started when it is closed.
 */
public final class Namespace implements AutoCloseable {
  private static final Path IP = Path.of("/usr/sbin/ip");
  private static final Path RESOLV_CONFS = Path.of("/etc/netns");
  private static final int RUN_TIMEOUT_SECONDS = 120;
  private static final int O_RDONLY_CLOEXEC = 02000000;
  private static final int CLONE_NEWNET = 0x40000000;
  private static final String NOWHERE_MAC = "02:00:00:00:00:02";

  private final String name;
  private final List<ServerProcess> servers = new ArrayList<>();

  private Namespace(String name) {
    this.name = name;
  }

  /** Skips the test where namespaces cannot be made. */
  public static void assumePossible() throws IOException, InterruptedException {
    assumeTrue(TinydnsProcess.isRoot(), "only root can make a network namespace");
    assumeTrue(Files.isExecutable(IP), "Debian package iproute2 is not installed");
    String name = newName();
    Execution added = tryIp("netns", "add", name);
    assumeTrue(added.exitCode() == 0, () -> "no network namespaces here: " + added.error());
    ip("netns", "delete", name);
  }

  /** Makes one, with IPv4 and IPv6 on its loopback interface. */
  public static Namespace create() throws IOException, InterruptedException {
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
  public void addAddress(String address) throws IOException, InterruptedException {
    if (address.contains(":")) {
      ipInside("address", "add", address + "/128", "dev", "lo", "nodad");
    } else {
      ipInside("address", "add", address + "/32", "dev", "lo");
    }
  }

  /**
   * Gives the namespace every address of an IPv4 network.
   *
   * @param source the address that packets to them come from; the namespace has it
   */
  public void addNetwork(String network, String source) throws IOException, InterruptedException {
    ipInside("route", "add", "local", network, "dev", "lo", "src", source);
  }

  /** Makes threads that are in the namespace: it has every socket that they open. */
  public ThreadFactory threadsInside() {
    return task ->
        Thread.ofPlatform()
            .daemon()
            .unstarted(() -> {
              enter();
              task.run();
            });
  }

  /** Calls something on a thread that is in the namespace. */
  public <T> T callInside(Callable<T> task) throws IOException, InterruptedException {
    try (ExecutorService thread = Executors.newSingleThreadExecutor(threadsInside())) {
      return thread.submit(task).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Moves the calling thread, and no other, into the namespace: setns(2). */
  private void enter() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor open = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);
    FunctionDescriptor setns = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);
    FunctionDescriptor close = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    SymbolLookup libc = linker.defaultLookup();
    Linker.Option variadic = Linker.Option.firstVariadicArg(2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom("/run/netns/" + name);
      MethodHandle opening = linker.downcallHandle(libc.findOrThrow("open"), open, variadic);
      int descriptor = (int) opening.invokeExact(path, O_RDONLY_CLOEXEC);
      MethodHandle setting = linker.downcallHandle(libc.findOrThrow("setns"), setns);
      int result = (int) setting.invokeExact(descriptor, CLONE_NEWNET);
      MethodHandle closing = linker.downcallHandle(libc.findOrThrow("close"), close);
      int ignored = (int) closing.invokeExact(descriptor);
      if (result != 0) {
        throw new IllegalStateException("unable to enter the namespace " + name);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
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
  public Execution run(Path directory, String... command) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("PATH", "/usr/sbin:/usr/bin:/bin", "LC_ALL", "C");
    return Execution.of(directory, environment, inside(List.of(command)), RUN_TIMEOUT_SECONDS);
  }

  /** Starts a server in the namespace; {@link #close} ends it. */
  public ServerProcess start(
      String server, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ServerProcess process = ServerProcess.start(server, inside(command), environment, log);
    servers.add(process);
    return process;
  }

  /** The IDs of all processes in the namespace. */
  List<String> processes() throws IOException, InterruptedException {
    return tryIp("netns", "pids", name).output().lines().toList();
  }

  /** Kills every process that is in the namespace, those that supervisors have left as well. */
  void endProcesses() throws IOException, InterruptedException {
    while (true) {
      List<String> pids = processes();
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
