package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.Qualifier;
import djbdns.client.nio.AddressLookup;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Json;
import djbdns.runtime.Program;
import java.io.IOException;

/** dnsipq: prints full names and IPv4 addresses of the names a user types (dnsipq.c). */
final class Dnsipq implements Tool {
  /** The addresses of a full name. */
  private record QualifiedAddresses(String fullName, Addresses addresses) implements Finding {
    @Override
    public boolean isEmpty() {
      return addresses.isEmpty();
    }

    @Override
    public void print(Output out) throws IOException {
      out.put(fullName).put(" ");
      addresses.print(out);
    }

    @Override
    public void addTo(Json.Builder object) {
      object.bytes("fullName", fullName);
      addresses.addTo(object);
    }
  }

  public static void main(String[] args) {
    ToolMain.run("dnsipq", new Dnsipq(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return LookupCommand.commandLine(
        program, "name ...", "Prints the full names and IPv4 addresses of short names.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    LookupCommand command = new LookupCommand(program, commandLine(program), args, host);
    AddressLookup lookup =
        new AddressLookup(host.settings(), host.random(), command.wantsReasons());
    command.run("name", name -> find(name, host, lookup));
  }

  private static Finding find(String name, Host host, AddressLookup lookup)
      throws LookupFailedException {
    try {
      AddressLookup.Qualified found =
          lookup.findFirst(Qualifier.of(host.settings()).candidates(name));
      return new QualifiedAddresses(found.name(), Addresses.of(found.result()));
    } catch (IOException e) {
      throw new LookupFailedException(Addresses.PROBLEM, new Failure.Io(e));
    }
  }
}
