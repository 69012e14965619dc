package djbdns.tools;

import djbdns.client.AnswerReader;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Json;
import djbdns.runtime.Program;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Mx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** dnsmx: prints the mail exchanges of domains (dnsmx.c). */
final class Dnsmx implements Tool {
  /** The exchanges of a domain. */
  private record Exchanges(Name domain, List<Mx> exchanges) implements Finding {
    @Override
    public boolean isEmpty() {
      return exchanges.isEmpty();
    }

    /** A domain without any takes its mail itself (RFC 5321, 5.1). */
    @Override
    public void print(Output out) throws IOException {
      if (exchanges.isEmpty()) {
        out.put("0 " + domain + "\n");
      }
      for (Mx mx : exchanges) {
        out.put(Integer.toString(mx.preference())).put(" ").put(mx.exchange().toString()).put("\n");
      }
    }

    @Override
    public void addTo(Json.Builder object) {
      List<Json.Builder> list = new ArrayList<>();
      for (Mx mx : exchanges) {
        list.add(
            Json.object()
                .number("preference", mx.preference())
                .bytes("host", mx.exchange().toString()));
      }
      object.array("exchanges", list);
    }
  }

  public static void main(String[] args) {
    ToolMain.run("dnsmx", new Dnsmx(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return LookupCommand.commandLine(
        program, "domain ...", "Prints the mail exchanges of domains.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    LookupCommand command = new LookupCommand(program, commandLine(program), args, host);
    AnswerLookup lookup =
        new AnswerLookup(
            host, RecordType.MX, "unable to find MX records for", command.wantsReasons());
    command.run("name", domain -> find(lookup.name(domain), lookup));
  }

  private static Finding find(Name domain, AnswerLookup lookup) throws LookupFailedException {
    return new Exchanges(domain, lookup.ask(domain, AnswerReader::exchanges));
  }
}
