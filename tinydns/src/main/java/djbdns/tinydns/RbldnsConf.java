package djbdns.tinydns;

import djbdns.conf.ConfCommand;
import djbdns.conf.ServiceRequest;
import djbdns.conf.ServiceTree;
import djbdns.conf.SuitePrograms;
import djbdns.runtime.Program;
import djbdns.wire.Excerpt;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;

/** {@code rbldns-conf}: makes the service directory of an rbldns. */
public final class RbldnsConf {
  private static final int DATA_BYTES = 250_000;
  private static final int BASE_INDEX = 4;

  private RbldnsConf() {}

  public static void main(String[] args) {
    Program program = new Program("rbldns-conf");
    program.run(() ->
        new ConfCommand(
                program,
                "acct logacct /rbldns myip base",
                "Make the service directory of an rbldns.")
            .run(args, (request, programs) -> design(program, request, programs)));
  }

  private static ServiceTree design(
      Program program, ServiceRequest request, SuitePrograms programs) {
    String base = request.operands().get(BASE_INDEX);
    // The original does not look, and makes a service that cannot start. With a second line it
    // would
    // have another base: envdir takes the first line of a file.
    if (base.indexOf('\n') >= 0 || Name.hasEmptyLabel(base) || !isName(base)) {
      throw program.fatal("unable to parse base " + Excerpt.of(base));
    }
    return request
        .contentServer(programs.word("rbldns"), DATA_BYTES)
        .variable("BASE", base)
        .file("root/data", "")
        .file("root/Makefile", programs.makefile("rbldns-data"));
  }

  private static boolean isName(String text) {
    try {
      Name.parse(text);
      return true;
    } catch (MalformedTextException _) {
      return false;
    }
  }
}
