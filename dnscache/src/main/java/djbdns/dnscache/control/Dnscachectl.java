package djbdns.dnscache.control;

import djbdns.posix.FileIdentity;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives a command to a running dnscache. See docs/man/dnscachectl.md. */
public final class Dnscachectl {
  private static final String AT_SOCKET = "-s";
  private static final String IN_DIRECTORY = "-d";
  private static final String SOCKET = "control";
  private static final Path HERE = Path.of(SOCKET);
  private static final Path SYSTEM = Path.of("/etc/dnscache", SOCKET);

  /** The directories in which svscan looks for services. */
  private static final List<Path> SCANNED = List.of(Path.of("/service"), Path.of("/etc/service"));

  private static final String SYNOPSIS =
      "[ -s socket | -d directory ] flush name | flush-tree name | stats | dump | servers | reload";

  private final Program program;
  private final CommandLine commandLine;

  private Dnscachectl(Program program) {
    this.program = program;
    commandLine =
        new CommandLine(program, SYNOPSIS, "Gives a command to a running dnscache.")
            .optionsAnywhere()
            .option(AT_SOCKET, "SOCKET", "The dnscache at this socket.")
            .option(
                IN_DIRECTORY,
                "DIRECTORY",
                "The dnscache of this service directory. Else the only one in /service.");
  }

  public static void main(String[] args) {
    Program program = new Program("dnscachectl");
    program.run(() -> new Dnscachectl(program).run(ArgumentBytes.of(args)));
  }

  private void run(String[] args) {
    CommandLine.Arguments arguments = commandLine.parse(args, 1, 2);
    if (arguments.has(AT_SOCKET) && arguments.has(IN_DIRECTORY)) {
      throw commandLine.usage();
    }
    String request = request(arguments.operands());
    Path socket =
        arguments
            .get(AT_SOCKET)
            .map(Path::of)
            .or(() -> arguments.get(IN_DIRECTORY).map(directory -> Path.of(directory, SOCKET)))
            .orElseGet(this::usual);
    boolean isComplete = true;
    for (String line : ask(socket, request)) {
      if (line.startsWith(ControlProtocol.WARNING)) {
        program.warn(line.substring(ControlProtocol.WARNING.length()));
        isComplete = false;
      } else {
        program.print(line + "\n");
      }
    }
    if (!isComplete) {
      throw program.silent(ExitCode.SYSTEM);
    }
  }

  /** In a service directory its own socket, elsewhere that of the only cache there is. */
  private Path usual() {
    if (Files.exists(HERE)) {
      return HERE;
    }
    List<Path> found = sockets(SCANNED);
    if (found.size() > 1) {
      String all = found.stream().map(Path::toString).collect(Collectors.joining(", "));
      throw program.fatal("unable to choose one of " + all + ": use -s");
    }
    return found.isEmpty() ? SYSTEM : found.getFirst();
  }

  /** The sockets of services, each once, whatever links lead to it. */
  static List<Path> sockets(List<Path> scanned) {
    FileSystem files = new FileSystem();
    Map<FileIdentity, Path> found = new LinkedHashMap<>();
    for (Path directory : scanned) {
      try (DirectoryStream<Path> services = Files.newDirectoryStream(directory)) {
        for (Path service : services) {
          Path socket = service.resolve(SOCKET);
          status(files, socket)
              .filter(FileStatus::isSocket)
              .ifPresent(status -> found.putIfAbsent(status.identity(), socket));
        }
      } catch (IOException | DirectoryIteratorException e) {
        // No such directory, or not for this user.
      }
    }
    return List.copyOf(found.values());
  }

  private static Optional<FileStatus> status(FileSystem files, Path path) {
    try {
      return Optional.of(files.status(FileSystem.CURRENT, path.toString()));
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  private String request(List<String> operands) {
    String command = operands.getFirst();
    boolean takesName =
        switch (command) {
          case "flush", "flush-tree" -> true;
          case "stats", "dump", "servers", "reload" -> false;
          default -> throw commandLine.usage();
        };
    if (takesName != (operands.size() == 2)) {
      throw commandLine.usage();
    }
    return takesName ? command + " " + name(operands.get(1)) : command;
  }

  private Name name(String text) {
    try {
      return Name.parse(NameArgument.checked(program, text));
    } catch (MalformedTextException e) {
      throw program.fatal("unable to parse " + text + ": protocol error");
    }
  }

  private List<String> ask(Path socket, String request) {
    try (ControlConnection connection = connect(socket)) {
      connection.send(request);
      return readResponse(connection);
    } catch (IOException e) {
      throw program.fatal("unable to speak to " + socket, e);
    }
  }

  private ControlConnection connect(Path socket) {
    try {
      return ControlConnection.open(socket);
    } catch (IOException e) {
      throw program.fatal("unable to connect to " + socket, e);
    }
  }

  private List<String> readResponse(ControlConnection connection) throws IOException {
    String status = connection.readLine();
    if (status.startsWith(ControlProtocol.ERROR)) {
      throw program.fatal(status.substring(ControlProtocol.ERROR.length()));
    }
    List<String> lines = new ArrayList<>();
    for (int count = count(status); count > 0; count--) {
      lines.add(connection.readLine());
    }
    return lines;
  }

  private static int count(String status) throws IOException {
    try {
      if (status.startsWith(ControlProtocol.OK)) {
        return Integer.parseInt(status.substring(ControlProtocol.OK.length()));
      }
    } catch (NumberFormatException e) {
      throw new IOException("protocol error", e);
    }
    throw new IOException("protocol error");
  }
}
