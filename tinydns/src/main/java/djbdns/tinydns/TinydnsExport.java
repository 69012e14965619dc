package djbdns.tinydns;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.tinydns.lookup.Tai64;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** {@code tinydns-export}: prints a zone of {@code ./data.cdb} as a master file. */
public final class TinydnsExport {
  private static final String UNKNOWN_CLIENT = "0.0.0.0";

  private TinydnsExport() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-export");
    program.run(() ->
        run(
            program,
            ArgumentBytes.of(args),
            Path.of(""),
            new FileOutputStream(FileDescriptor.out)));
  }

  /** Runs the command for the data in a directory. */
  static void run(Program program, String[] args, Path directory, OutputStream out) {
    CommandLine commandLine =
        new CommandLine(
                program,
                "[zone [ip]]",
                "Print a zone of ./data.cdb as a master file, or all names.")
            .refuseUnknownOptions();
    List<String> operands = commandLine.parse(args, 0, 2).operands();
    Bytes client =
        AddressText.parse(operands.size() > 1 ? operands.get(1) : UNKNOWN_CLIENT)
            .orElseThrow(() -> program.fatalUsage("unable to parse IP address " + operands.get(1)));
    ZoneExport run =
        new ZoneExport(
            program,
            directory.resolve("data.cdb"),
            client,
            Tai64.ofUnixMillis(System.currentTimeMillis()),
            new SecureRandom().nextLong());
    if (operands.isEmpty()) {
      run.printZones(out);
    } else {
      run.printZone(zone(program, operands.getFirst()), out);
    }
  }

  private static Name zone(Program program, String text) {
    try {
      return Name.parse(NameArgument.checked(program, text));
    } catch (MalformedTextException e) {
      throw program.fatalUsage("unable to parse " + text + ": " + e.getMessage());
    }
  }
}
