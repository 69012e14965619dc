package djbdns.tinydns;

import djbdns.client.PacketDump;
import djbdns.client.RecordTypeArgument;
import djbdns.content.Outcome;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.Lookup;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.zone.Address;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** {@code tinydns-get}: prints how tinydns would answer from {@code ./data.cdb}, without limits. */
public final class TinydnsGet {
  private final Program program;
  private final CommandLine commandLine;
  private final Path file;
  private final Lookup lookup;
  private final SecureRandom random = new SecureRandom();

  private TinydnsGet(Program program, Path directory, boolean compat) {
    this.program = program;
    file = directory.resolve("data.cdb");
    commandLine =
        new CommandLine(program, "type name [ip]", "Print how tinydns answers from ./data.cdb.");
    lookup = Tinydns.lookup(compat, random);
  }

  public static void main(String[] args) {
    Program program = new Program("tinydns-get");
    program.run(() -> {
      boolean compat = new ServiceEnvironment(program, System.getenv()).isCompat();
      program.print(output(program, ArgumentBytes.of(args), Path.of(""), compat));
    });
  }

  /** The output of the command for the data in a directory. */
  static String output(Program program, String[] args, Path directory, boolean compat) {
    return new TinydnsGet(program, directory, compat).output(args);
  }

  private String output(String[] args) {
    List<String> operands = commandLine.parse(args, 2, Integer.MAX_VALUE).operands();
    RecordType type =
        RecordTypeArgument.parse(operands.get(0))
            .orElseThrow(() -> program.fatalUsage(RecordTypeArgument.unknown(operands)));
    Name name = name(operands.get(1));
    byte[] client = operands.size() > 2 ? address(operands.get(2)) : new byte[4];
    String heading = type.code() + " " + name + ":\n";
    return heading + answer(new Question(name, type), client);
  }

  private Name name(String text) {
    try {
      return Name.parse(NameArgument.checked(program, text));
    } catch (MalformedTextException e) {
      throw unparsable();
    }
  }

  private byte[] address(String text) {
    return switch (AddressArgument.of(program, text)) {
      case Address.Ipv4 ipv4 -> ByteBuffer.allocate(4).putInt(ipv4.bits()).array();
      case Address.Ipv6 ipv6 -> ipv6.bytes().toArray();
    };
  }

  private RuntimeException unparsable() {
    return program.fatal("unable to parse: protocol error");
  }

  /** The packet as text; nothing where 1.05 would not answer. */
  private String answer(Question question, byte[] client) {
    PacketWriter out = new PacketWriter(Limits.MESSAGE_BYTES);
    out.begin(0, Header.QR | Header.AA, Limits.MESSAGE_BYTES);
    out.question(question);
    Outcome outcome = Outcome.ANSWERED;
    if (question.type().equals(RecordType.AXFR)) {
      out.flags(out.flags() | Rcode.NOTIMP.code());
    } else {
      outcome = look(question, client, out);
    }
    boolean silent = outcome != Outcome.ANSWERED && lookup instanceof CompatLookup;
    return silent ? "" : dump(outcome, out);
  }

  private Outcome look(Question question, byte[] client, PacketWriter out) {
    byte[] name = question.name().lowerCase().toWire();
    long now = Tai64.ofUnixMillis(System.currentTimeMillis());
    try (ZoneData data = ZoneData.load(file, random.nextLong())) {
      lookup.use(data);
      return lookup.answer(
          name, name.length, question.type().code(), client, client.length, now, out);
    } catch (IOException e) {
      throw program.fatal(DataReloader.explain(e));
    }
  }

  private String dump(Outcome outcome, PacketWriter out) {
    if (outcome != Outcome.ANSWERED) {
      Rcode rcode = outcome == Outcome.OUTSIDE ? Rcode.REFUSED : Rcode.SERVFAIL;
      out.truncate();
      out.flags(Header.QR | rcode.code());
    }
    try {
      return PacketDump.dump(out.buffer(), out.length());
    } catch (MalformedPacketException e) {
      throw unparsable();
    }
  }
}
