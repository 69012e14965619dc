package djbdns.tools;

import djbdns.client.ServerAddress;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import djbdns.tools.trace.Ask;
import djbdns.tools.trace.Diagnosis;
import djbdns.tools.trace.Exchange;
import djbdns.tools.trace.OriginalFormat;
import djbdns.tools.trace.Picture;
import djbdns.tools.trace.Plan;
import djbdns.tools.trace.Problem;
import djbdns.tools.trace.Survey;
import djbdns.tools.trace.WorkList;
import djbdns.wire.Name;
import djbdns.wire.Question;
import java.io.IOException;
import java.util.ArrayList;
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
    TraceReport report = report(command, roots, host);
    List<Exchange> exchanges = new ArrayList<>();
    Plan plan = plan(command, question, roots);
    TraceRun.Watcher watcher = command.wantsDiagnosis() ? keeping(exchanges, report) : report;
    TraceRun.run(command.manner(), host.random(), plan, watcher);
    if (command.wantsDiagnosis()) {
      Picture picture = new Picture(question, exchanges, FailureText::of);
      List<Problem> problems = new ArrayList<>(Diagnosis.of(picture, command.manner().ipv6()));
      if (plan instanceof Survey survey && survey.isCut()) {
        problems.add(new Problem(Name.ROOT, "stopped after " + exchanges.size() + " queries"));
      }
      report.end(picture, problems);
      if (command.wantsExitCode()) {
        throw program.silent(exitCode(Diagnosis.verdict(picture, problems)));
      }
    }
    // What has not been flushed with a question stays unseen, as in 1.05.
    throw program.silent(ExitCode.SUCCESS);
  }

  private static Plan plan(TraceCommand command, Question question, List<ServerAddress> roots) {
    boolean ipv6 = command.manner().ipv6();
    return command.wantsTree()
        ? new Survey(question, roots, ipv6, command.maxQueries())
        : new WorkList(question, roots, ipv6);
  }

  private static TraceReport report(TraceCommand command, List<ServerAddress> roots, Host host)
      throws IOException {
    if (command.wantsJson()) {
      return new TraceReport.JsonLines(host.out());
    }
    if (command.wantsTree()) {
      Terminal terminal = Terminal.of(host.settings());
      return new TraceReport.Tree(
          command.style(terminal), terminal.progress(), System.err, host.out());
    }
    OriginalFormat format = new OriginalFormat(FailureText::of);
    host.out().put(format.start(roots));
    return new TraceReport.Lines(format, host.out());
  }

  private static TraceRun.Watcher keeping(List<Exchange> exchanges, TraceReport report) {
    return new TraceRun.Watcher() {
      @Override
      public void waitsFor(Ask ask) throws IOException {
        report.waitsFor(ask);
      }

      @Override
      public void told(Exchange exchange) throws IOException {
        exchanges.add(exchange);
        report.told(exchange);
      }

      @Override
      public void tick(int inFlight) throws IOException {
        report.tick(inFlight);
      }
    };
  }

  private static int exitCode(Diagnosis.Verdict verdict) {
    return switch (verdict) {
      case ANSWERED -> 0;
      case DENIED -> 1;
      case PROBLEMS -> 2;
    };
  }
}
