package djbdns.tools;

import djbdns.client.AnswerReader;
import djbdns.client.DottedText;
import djbdns.client.ReverseName;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Json;
import djbdns.runtime.Program;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.util.Optional;

/** dnsname: prints the names of hosts with these addresses (dnsname.c). */
final class Dnsname implements Tool {
  /** The name of a host, if it has one. */
  private record HostName(Optional<Name> name) implements Finding {
    @Override
    public boolean isEmpty() {
      return name.isEmpty();
    }

    @Override
    public void print(Output out) throws IOException {
      out.put(name.isEmpty() ? "" : name.get().toString()).put("\n");
    }

    @Override
    public void addTo(Json.Builder object) {
      name.ifPresent(found -> object.bytes("name", found.toString()));
    }
  }

  public static void main(String[] args) {
    ToolMain.run("dnsname", new Dnsname(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return LookupCommand.commandLine(
        program, "address ...", "Prints the names of the hosts that have IP addresses.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    LookupCommand command = new LookupCommand(program, commandLine(program), args, host);
    AnswerLookup lookup =
        new AnswerLookup(
            host, RecordType.PTR, "unable to find host name for", command.wantsReasons());
    command.run(
        "address", text -> new HostName(lookup.ask(reverseName(text), AnswerReader::hostName)));
  }

  /** Of an IPv4 or IPv6 address, which must be all of the text. */
  private static Name reverseName(String text) throws LookupFailedException {
    Optional<Bytes> ipv4 = DottedText.parse(text);
    Optional<Bytes> address = ipv4.isPresent() ? ipv4 : AddressText.parseIpv6(text);
    if (address.isEmpty()) {
      throw new LookupFailedException("unable to parse IP address");
    }
    return ReverseName.of(address.get());
  }
}
