package djbdns.tinydns;

import djbdns.conf.ConfCommand;
import djbdns.conf.ServiceRequest;
import djbdns.conf.ServiceTree;
import djbdns.conf.SuitePrograms;
import djbdns.runtime.Program;

/** {@code pickdns-conf}: makes the service directory of a pickdns. */
public final class PickdnsConf {
  private static final int DATA_BYTES = 250_000;

  private PickdnsConf() {}

  public static void main(String[] args) {
    Program program = new Program("pickdns-conf");
    program.run(() ->
        new ConfCommand(
                program, "acct logacct /pickdns myip", "Make the service directory of a pickdns.")
            .run(args, PickdnsConf::design));
  }

  private static ServiceTree design(ServiceRequest request, SuitePrograms programs) {
    return request
        .contentServer(programs.word("pickdns"), DATA_BYTES)
        .file("root/data", "")
        .file("root/Makefile", programs.makefile("pickdns-data"));
  }
}
