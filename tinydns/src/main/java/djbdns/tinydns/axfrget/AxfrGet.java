package djbdns.tinydns.axfrget;

import djbdns.client.ServerAddress;
import djbdns.client.nio.KernelRandom;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.CommandLine.Arguments;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.transfer.Connection;
import djbdns.transfer.Messages;
import djbdns.transfer.ServerConnection;
import djbdns.transfer.ZoneQuery;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeyFile;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code axfr-get}: brings a file up to date with a zone of another server. */
public final class AxfrGet {
  private static final int TIMEOUT_MS = 60_000;

  /** A data.cdb has at most as many bytes. */
  private static final long LIMIT_BYTES = 1L << 32;

  private static final String SERVER = "--server";
  private static final String KEY = "--key";

  private final Program program;
  private final CommandLine commandLine;

  private AxfrGet(Program program) {
    this.program = program;
    commandLine =
        new CommandLine(
                program,
                "[--server address] [--key file] zone fn fn.tmp",
                "Bring the file fn up to date with a zone, by way of fn.tmp.")
            .refuseUnknownOptions()
            .option(SERVER, "ADDRESS", "Connect to this server instead of using tcpclient.")
            .option(KEY, "FILE", "Sign with the key in this file, believe only what it signs.");
  }

  public static void main(String[] args) {
    Program program = new Program("axfr-get");
    program.run(() -> new AxfrGet(program).run(args, ArgumentBytes.of(args)));
  }

  /** Files are named in Java's characters, the zone in the bytes of the command line. */
  private void run(String[] args, String[] byteArgs) throws IOException {
    Arguments arguments = commandLine.parse(args, 3, Integer.MAX_VALUE);
    List<String> operands = arguments.operands();
    Name zone = zone(commandLine.parse(byteArgs, 3, Integer.MAX_VALUE).operands().getFirst());
    Path file = Path.of(operands.get(1));
    Path temporary = Path.of(operands.get(2));
    Optional<ServerAddress> server = arguments.get(SERVER).map(this::server);
    // Before files are opened: with the first one Java opens sockets of its own.
    if (server.isEmpty() && !InheritedConnection.isOpen()) {
      throw program.fatalUsage("no connection: run me under tcpclient, or with " + SERVER);
    }
    Optional<TsigKey> key = arguments.get(KEY).map(this::key);
    long serial = Transfer.serialOf(program, file);
    ZoneQuery query =
        new ZoneQuery(zone, key, new KernelRandom(), () -> System.currentTimeMillis() / 1000);
    try (Connection connection = connect(server)) {
      Messages messages = new Messages(connection, TIMEOUT_MS, System::nanoTime);
      new Transfer(program, query, messages, LIMIT_BYTES).run(file, temporary, serial);
    }
  }

  private ServerAddress server(String text) {
    return ServerAddress.parse(text)
        .orElseThrow(() -> program.fatalUsage("unable to parse IP address " + text));
  }

  private Name zone(String text) {
    try {
      return Name.parse(NameArgument.checked(program, text));
    } catch (MalformedTextException e) {
      throw program.fatal("unable to generate AXFR query: protocol error");
    }
  }

  private TsigKey key(String file) {
    List<TsigKey> keys;
    try {
      keys = TsigKeyFile.read(Path.of(file)).list();
    } catch (IOException e) {
      throw program.fatal("unable to use " + file, e);
    }
    if (keys.size() != 1) {
      throw program.fatal(
          "unable to use " + file + ": " + (keys.isEmpty() ? "no key" : "more than one key"));
    }
    return keys.getFirst();
  }

  private Connection connect(Optional<ServerAddress> server) {
    if (server.isEmpty()) {
      return new InheritedConnection();
    }
    try {
      return ServerConnection.open(server.get().toSocketAddress(), TIMEOUT_MS);
    } catch (IOException e) {
      throw program.fatal("unable to connect to " + server.get(), e);
    }
  }
}
