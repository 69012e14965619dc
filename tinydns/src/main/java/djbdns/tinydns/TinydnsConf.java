package djbdns.tinydns;

import djbdns.conf.ConfCommand;
import djbdns.conf.ServiceRequest;
import djbdns.conf.ServiceTree;
import djbdns.conf.SuitePrograms;
import djbdns.runtime.Program;
import java.util.List;

/** {@code tinydns-conf}: makes the service directory of a tinydns. */
public final class TinydnsConf {
  private static final int DATA_BYTES = 300_000;

  /** The kinds of records that the scripts add-... add. */
  private static final List<String> KINDS = List.of("ns", "childns", "host", "alias", "mx");

  private TinydnsConf() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-conf");
    program.run(() ->
        new ConfCommand(
                program, "acct logacct /tinydns myip", "Make the service directory of a tinydns.")
            .run(args, TinydnsConf::design));
  }

  private static ServiceTree design(ServiceRequest request, SuitePrograms programs) {
    ServiceTree tree =
        request.contentServer(programs.word("tinydns"), DATA_BYTES).file("root/data", "");
    String edit = programs.word("tinydns-edit");
    for (String kind : KINDS) {
      tree.script(
          "root/add-" + kind, "exec " + edit + " data data.new add " + kind + " ${1+\"$@\"}\n");
    }
    return tree.file("root/Makefile", programs.makefile("tinydns-data"));
  }
}
