package djbdns.tinydns;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.Address;

/** IP addresses on the command line. */
final class AddressArgument {
  private AddressArgument() {}

  /**
   * An address in a form of {@link Address#parse}.
   *
   * @throws Fatal {@code unable to parse IP address X}, exit 100
   */
  static Address of(Program program, String text) {
    return Address.parse(text)
        .orElseThrow(() -> program.fatalUsage("unable to parse IP address " + text));
  }
}
