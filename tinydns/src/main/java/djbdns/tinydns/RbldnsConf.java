package djbdns.tinydns;

import djbdns.conf.ConfCommand;
import djbdns.conf.ServiceRequest;
import djbdns.conf.ServiceTree;
import djbdns.conf.SuitePrograms;
import djbdns.runtime.Program;

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
            .run(args, RbldnsConf::design));
  }

  private static ServiceTree design(ServiceRequest request, SuitePrograms programs) {
    return request
        .contentServer(programs.word("rbldns"), DATA_BYTES)
        .variable("BASE", request.operands().get(BASE_INDEX))
        .file("root/data", "")
        .file("root/Makefile", programs.makefile("rbldns-data"));
  }
}
