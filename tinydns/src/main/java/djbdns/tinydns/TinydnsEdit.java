package djbdns.tinydns;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Fatal;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.Address;
import djbdns.tinydns.zone.NewRecord;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.nio.file.Path;
import java.util.List;

/** {@code tinydns-edit}: adds a record to a data file. */
public final class TinydnsEdit {
  private static final String SYNOPSIS =
      "data data.new add [ns|childns|host|host6|alias|alias6|mx] domain ip";

  /** As in 1.05, further operands are ignored. */
  private static final int OPERANDS = 6;

  private final Program program;
  private final CommandLine commandLine;

  private TinydnsEdit(Program program) {
    this.program = program;
    commandLine =
        new CommandLine(program, SYNOPSIS, "Add a record to the file data, by way of data.new.");
  }

  public static void main(String[] args) {
    Program program = new Program("tinydns-edit");
    program.run(() -> new TinydnsEdit(program).run(args, ArgumentBytes.of(args)));
  }

  /** Does the work of the command, for arguments in ASCII. */
  static void run(Program program, String... args) {
    new TinydnsEdit(program).run(args, args);
  }

  /** Files are named in Java's characters, the domain in the bytes of the command line. */
  private void run(String[] args, String[] byteArgs) {
    List<String> operands = commandLine.parse(args, OPERANDS, Integer.MAX_VALUE).operands();
    String domainBytes = commandLine.parse(byteArgs, OPERANDS, Integer.MAX_VALUE).operands().get(4);
    if (!operands.get(2).equals("add")) {
      throw commandLine.usage();
    }
    NewRecord.Kind kind = kind(operands.get(3));
    Name domain = domain(domainBytes);
    Address address = address(kind, operands.get(5));
    new DataEdit(program, Path.of(operands.get(0)), Path.of(operands.get(1)))
        .add(kind, domain, address);
  }

  private NewRecord.Kind kind(String word) {
    return switch (word) {
      case "ns" -> NewRecord.Kind.NS;
      case "childns" -> NewRecord.Kind.CHILDNS;
      case "host" -> NewRecord.Kind.HOST;
      case "host6" -> NewRecord.Kind.HOST6;
      case "alias" -> NewRecord.Kind.ALIAS;
      case "alias6" -> NewRecord.Kind.ALIAS6;
      case "mx" -> NewRecord.Kind.MX;
      default -> throw commandLine.usage();
    };
  }

  private Address address(NewRecord.Kind kind, String operand) {
    Address address = AddressArgument.of(program, operand);
    if (!kind.takes(address)) {
      throw program.fatalUsage("unable to parse IPv6 address " + operand);
    }
    return address;
  }

  private Name domain(String operand) {
    try {
      return Name.parse(NameArgument.checked(program, operand));
    } catch (MalformedTextException e) {
      throw outOfMemory(program);
    }
  }

  /** The message of 1.05 for a name over 255 bytes or a label over 63. */
  static Fatal outOfMemory(Program program) {
    return program.fatal("out of memory");
  }
}
