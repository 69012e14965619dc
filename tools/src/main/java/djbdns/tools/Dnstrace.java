package djbdns.tools;

import djbdns.client.ServerAddress;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import djbdns.tools.trace.Ask;
import djbdns.tools.trace.Exchange;
import djbdns.tools.trace.OriginalFormat;
import djbdns.tools.trace.WorkList;
import djbdns.wire.Question;
import java.io.IOException;
import java.util.List;

/** dnstrace: asks every server that has a say in a question (dnstrace.c). */
final class Dnstrace implements Tool {
  public static void main(String[] args) {
    ToolMain.run("dnstrace", new Dnstrace(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return TraceCommand.commandLine(program);
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    TraceCommand command = new TraceCommand(program, commandLine(program), args);
    Question question = command.question();
    List<ServerAddress> roots = command.roots(host);
    OriginalFormat format = new OriginalFormat(FailureText::of);
    Output out = host.out();
    out.put(format.start(roots));
    WorkList plan = new WorkList(question, roots, command.manner().ipv6());
    TraceRun.run(command.manner(), host.random(), plan, new TraceRun.Watcher() {
      @Override
      public void waitsFor(Ask ask) throws IOException {
        out.put(format.asked(ask)).flush();
      }

      @Override
      public void told(Exchange exchange) throws IOException {
        out.put(format.told(exchange)).flush();
      }

      @Override
      public void tick(int inFlight) {}
    });
    // What has not been flushed with a question stays unseen, as in 1.05.
    throw program.silent(ExitCode.SUCCESS);
  }
}
