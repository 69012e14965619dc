package djbdns.tools;

import djbdns.client.nio.AddressLookup;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import java.io.IOException;

/** dnsip6: prints the IPv6 addresses of names, as dnsip does those of IPv4. */
final class Dnsip6 implements Tool {
  public static void main(String[] args) {
    ToolMain.run("dnsip6", new Dnsip6(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return LookupCommand.commandLine(program, "name ...", "Prints the IPv6 addresses of names.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    LookupCommand command = new LookupCommand(program, commandLine(program), args, host);
    AddressLookup lookup =
        new AddressLookup(host.settings(), host.random(), command.wantsReasons());
    command.run("name", name -> Addresses.of(lookup.findIpv6(name)));
  }
}
