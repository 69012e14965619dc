package djbdns.dnscache.control;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives a command to a running dnscache. See docs/man/dnscachectl.md. */
public final class Dnscachectl {
  private static final String SOCKET = "control";
  private static final Path HERE = Path.of(SOCKET);
  private static final Path SYSTEM = Path.of("/etc/dnscache", SOCKET);
  private static final String SYNOPSIS = "[ -s socket | -d directory ] command [ name ]";

  private final Program program;
  private final CommandLine commandLine;

  private Dnscachectl(Program program) {
    this.program = program;
    commandLine =
        new CommandLine(
            program,
            SYNOPSIS,
            "Give a command to a running dnscache: flush NAME, flush-tree NAME, stats, dump,"
                + " servers or reload.");
  }

  public static void main(String[] args) {
    Program program = new Program("dnscachectl");
    program.run(() -> new Dnscachectl(program).run(ArgumentBytes.of(args)));
  }

  private void run(String[] args) {
    boolean hasPath = args.length >= 2 && (args[0].equals("-s") || args[0].equals("-d"));
    String[] rest = hasPath ? Arrays.copyOfRange(args, 2, args.length) : args;
    String request = request(commandLine.parse(rest, 1, 2).operands());
    Path socket = hasPath ? given(args[0], args[1]) : usual();
    for (String line : ask(socket, request)) {
      System.out.println(line);
    }
  }

  private static Path given(String option, String path) {
    return option.equals("-s") ? Path.of(path) : Path.of(path, SOCKET);
  }

  /** In a service directory its own socket, elsewhere the one of the system's cache. */
  private static Path usual() {
    return Files.exists(HERE) ? HERE : SYSTEM;
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
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw program.fatal("unable to parse " + text + ": protocol error");
    }
  }

  private List<String> ask(Path socket, String request) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      connect(channel, socket);
      ByteBuffer line = ByteBuffer.wrap((request + "\n").getBytes(ControlProtocol.CHARSET));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      return readResponse(new BufferedReader(Channels.newReader(channel, ControlProtocol.CHARSET)));
    } catch (IOException e) {
      throw program.fatal("unable to speak to " + socket, e);
    }
  }

  private void connect(SocketChannel channel, Path socket) {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw program.fatal("unable to connect to " + socket, e);
    }
  }

  private List<String> readResponse(BufferedReader in) throws IOException {
    String status = readLine(in);
    if (status.startsWith(ControlProtocol.ERROR)) {
      throw program.fatal(status.substring(ControlProtocol.ERROR.length()));
    }
    List<String> lines = new ArrayList<>();
    for (int count = count(status); count > 0; count--) {
      lines.add(readLine(in));
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

  private static String readLine(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("connection closed");
    }
    return line;
  }
}
