package djbdns.tinydns;

import djbdns.conf.ConfCommand;
import djbdns.conf.ServiceRequest;
import djbdns.conf.ServiceTree;
import djbdns.conf.SuitePrograms;
import djbdns.runtime.Program;

/** {@code axfrdns-conf}: makes the service directory of an axfrdns that serves a tinydns's data. */
public final class AxfrdnsConf {
  private static final int DATA_BYTES = 300_000;
  private static final int TINYDNS_INDEX = 3;

  private AxfrdnsConf() {}

  public static void main(String[] args) {
    Program program = new Program("axfrdns-conf");
    program.run(() -> {
      ServiceRequest request =
          new ConfCommand(
                  program,
                  "acct logacct /axfrdns /tinydns myip",
                  "Make the service directory of an axfrdns that serves the data of a tinydns.")
              .run(args, AxfrdnsConf::design);
      String tinydns = tinydns(request);
      RunningTinydns neighbour = new RunningTinydns(tinydns);
      if (!neighbour.hasRoot()) {
        program.warn("there is no " + root(request) + ": axfrdns does not start without it");
      }
      if (neighbour.sharesOneOf(request.addresses())) {
        program.warn("restart " + tinydns + ": it leaves TCP to axfrdns from then on");
      }
    });
  }

  private static String tinydns(ServiceRequest request) {
    return request.operands().get(TINYDNS_INDEX);
  }

  private static String root(ServiceRequest request) {
    return tinydns(request) + "/root";
  }

  private static ServiceTree design(ServiceRequest request, SuitePrograms programs) {
    return request
        .server(root(request), programs.word("axfrdns"), DATA_BYTES)
        .file("Makefile", "tcp.cdb: tcp\n\ttcprules tcp.cdb tcp.tmp < tcp\n")
        .file(
            "tcp",
            """
            # sample line:  1.2.3.4:allow,AXFR="heaven.af.mil/3.2.1.in-addr.arpa"
            :deny
            """);
  }
}
