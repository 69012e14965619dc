package djbdns.tinydns;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** {@code tinydns-import}: turns a master file into data lines. */
public final class TinydnsImport {
  private TinydnsImport() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-import");
    program.run(() -> {
      CommandLine commandLine =
          new CommandLine(
                  program, "zone file [fn fn.tmp]", "Turn a zone's master file into lines of data.")
              .refuseUnknownOptions();
      List<String> operands = commandLine.parse(args, 2, 4).operands();
      if (operands.size() == 3) {
        throw commandLine.usage();
      }
      // The zone in the bytes of the command line, files in Java's characters.
      Name zone = zone(program, ArgumentBytes.of(args)[args.length - operands.size()]);
      ZoneImport run =
          new ZoneImport(program, zone, operands.get(1), new SecureRandom().nextLong());
      if (operands.size() == 2) {
        run.print(new FileOutputStream(FileDescriptor.out));
      } else {
        run.write(Path.of(operands.get(2)), Path.of(operands.get(3)));
      }
    });
  }

  private static Name zone(Program program, String text) {
    try {
      return Name.parse(NameArgument.checked(program, text));
    } catch (MalformedTextException e) {
      throw program.fatalUsage("unable to parse " + text + ": " + e.getMessage());
    }
  }
}
