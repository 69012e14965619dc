package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A scan directory full of services that do nothing but live, and what proc(5) says of them. */
final class ServiceTree {
  private static final int PID_OFFSET = 12;

  /** Says so and ends if another copy of it is running: the lock goes with the process. */
  private static final String RUN =
      """
      #!/bin/sh
      echo $$ >>starts
      exec /usr/bin/setlock -n ./only sleep 1000000
      """;

  private static final String LOG_RUN =
      """
      #!/bin/sh
      exec /usr/bin/setlock -n ./only /usr/bin/multilog t ./main
      """;

  private final Path directory;
  private final List<Path> services = new ArrayList<>();

  private ServiceTree(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes one.
   *
   * @param logs how many of the services have a logger
   */
  static ServiceTree make(Path directory, int services, int logs) throws IOException {
    ServiceTree tree = new ServiceTree(directory);
    for (int i = 0; i < services; i++) {
      Path service = Files.createDirectories(directory.resolve("service" + i));
      if (i < logs) {
        tree.add(Files.createDirectory(service.resolve("log")), LOG_RUN);
      }
      tree.add(service, RUN);
    }
    return tree;
  }

  private void add(Path service, String run) throws IOException {
    Path script = Files.writeString(service.resolve("run"), run);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    services.add(service);
  }

  Path directory() {
    return directory;
  }

  /** The directories of services and loggers. */
  List<Path> services() {
    return services;
  }

  /** The process of a service; empty while it is down. */
  static Optional<Integer> pid(Path service) throws IOException {
    try {
      byte[] status = Files.readAllBytes(service.resolve("supervise/status"));
      int pid = ByteBuffer.wrap(status).order(ByteOrder.LITTLE_ENDIAN).getInt(PID_OFFSET);
      return pid == 0 ? Optional.empty() : Optional.of(pid);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** True if every service is up. */
  boolean isUp() throws IOException {
    for (Path service : services) {
      if (pid(service).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The children of a process that have ended and have not been waited for. */
  static List<String> zombiesOf(long parent) throws IOException {
    List<String> zombies = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(ServiceTree::isProcess).toList()) {
        Optional<String> zombie = zombie(process, parent);
        zombie.ifPresent(zombies::add);
      }
    }
    return zombies;
  }

  private static boolean isProcess(Path entry) {
    return Character.isDigit(entry.getFileName().toString().charAt(0));
  }

  private static Optional<String> zombie(Path process, long parent) {
    try {
      String stat = Files.readString(process.resolve("stat"), ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean found = fields[0].equals("Z") && fields[1].equals(Long.toString(parent));
      return found ? Optional.of(stat) : Optional.empty();
    } catch (IOException e) {
      // It is gone altogether.
      return Optional.empty();
    }
  }
}
