package djbdns.supervise.control;

import djbdns.posix.Errno;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.runtime.ShortOptions;
import djbdns.runtime.ShortOptions.Option;
import djbdns.supervise.calls.PosixSystemCalls;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.status.StatusRecord;
import djbdns.supervise.tai.Tai64n;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program svc: sends commands to supervisors (svc.c), and waits until they have an effect. */
public final class Svc {
  private static final String LETTERS = "udopchaitkxq12W";
  private static final char WINDOW = 'W';
  private static final char WINDOW_COMMAND = 'w';
  private static final String USAGE =
      "svc options: u up, d down, o once, x exit, p pause, c continue, h hup, a alarm,"
          + " i interrupt, t term, k kill, q quit, 1 usr1, 2 usr2, W winch, w wait, T seconds";
  private static final long MAX_SECONDS = 1_000_000_000;

  private final Program program;
  private final SystemCalls calls;
  private final StringBuilder commands = new StringBuilder();
  private Optional<Goal> goal = Optional.empty();
  private Optional<Long> timeoutMs = Optional.empty();

  Svc(Program program, SystemCalls calls) {
    this.program = program;
    this.calls = calls;
  }

  /** A service to wait for, and when it had last come up or gone down before the commands. */
  private record Waited(String directory, ServiceView view, Optional<Tai64n> before) {
    /** The exit code if it has ended meanwhile; its log explains that, and why it is not ready. */
    String lastEnding(Goal wanted) {
      return view.details()
          .flatMap(details -> details.endings().stream().findFirst())
          .filter(ending -> ending.code() > 0 && !isOlder(ending.at()))
          .map(ending -> "; run has exited " + ending.code() + ", see its log")
          .orElse(wanted == Goal.READY ? "; see its log" : "");
    }

    private boolean isOlder(Tai64n end) {
      return before.filter(start -> end.instant().isBefore(start.instant())).isPresent();
    }
  }

  public static void main(String[] args) {
    Program program = new Program("svc");
    program.run(() -> new Svc(program, new PosixSystemCalls()).run(ArgumentBytes.of(args)));
  }

  /** Sends the commands, and waits if an option asks for it. */
  void run(String... args) throws PosixException {
    if (args.length == 1 && (args[0].equals("--help") || args[0].equals("--version"))) {
      help(args);
    }
    Fatal usage = program.inWords(ExitCode.USAGE, USAGE);
    ShortOptions.Parsed parsed = new ShortOptions(program, LETTERS + "w:T:", usage).parse(args);
    for (Option option : parsed.options()) {
      take(option, usage);
    }
    if (goal.equals(Optional.of(Goal.READY))) {
      parsed.operands().forEach(this::requireReadiness);
    }
    List<Waited> waited = new ArrayList<>();
    for (String directory : parsed.operands()) {
      open(directory).ifPresent(view -> waited.add(control(directory, view)));
    }
    if (goal.isPresent()) {
      boolean isComplete = await(waited, goal.get()) && waited.size() == parsed.operands().size();
      if (!isComplete) {
        throw program.silent(ExitCode.SYSTEM);
      }
    }
  }

  private void help(String[] args) {
    CommandLine help =
        new CommandLine(
            program,
            "[ -udopchaitkxq12W ] [ -w u|U|d|r|x ] [ -T seconds ] dir ...",
            "Tells supervisors what to do.");
    String[] meanings = {
      "-u", "Up: start it, and whenever it has ended.",
      "-d", "Down: end it by TERM and CONT, and leave it down.",
      "-o", "Once: start it, and leave it down when it has ended.",
      "-x", "Exit: the supervisor ends when the service is down.",
      "-p", "Pause (STOP).",
      "-c", "Continue (CONT).",
      "-h", "HUP.",
      "-a", "ALRM.",
      "-i", "INT.",
      "-t", "TERM.",
      "-k", "KILL.",
      "-q", "QUIT.",
      "-1", "USR1.",
      "-2", "USR2.",
      "-W", "WINCH."
    };
    for (int i = 0; i < meanings.length; i += 2) {
      help.flag(meanings[i], meanings[i + 1]);
    }
    help.flag(
            "-w",
            "Wait until it is up, U: ready, after -t, -k, -d, -i and -q again, d: down, r: up again, x: not supervised.")
        .flag("-T", "Wait so many seconds at most.")
        .parse(args, 0, 0);
  }

  private void take(Option option, Fatal usage) {
    switch (option.letter()) {
      case 'w' -> goal = Optional.of(Goal.of(option.value()).orElseThrow(() -> usage));
      case 'T' -> timeoutMs = Optional.of(milliseconds(option.value(), usage));
      case WINDOW -> add(WINDOW_COMMAND);
      default -> add(option.letter());
    }
  }

  private static long milliseconds(String seconds, Fatal usage) {
    if (!seconds.matches("[0-9]{1,10}") || Long.parseLong(seconds) > MAX_SECONDS) {
      throw usage;
    }
    return 1_000 * Long.parseLong(seconds);
  }

  private void add(char command) {
    if (commands.indexOf(Character.toString(command)) < 0) {
      commands.append(command);
    }
  }

  private Optional<ServiceView> open(String directory) {
    try {
      return Optional.of(ServiceView.open(calls, directory));
    } catch (PosixException e) {
      program.warn("unable to chdir to " + directory, e);
      return Optional.empty();
    }
  }

  /** Refuses a wait that could never end, before any command is sent. */
  private void requireReadiness(String directory) {
    try (ServiceView view = ServiceView.open(calls, directory)) {
      Optional<String> why = view.whyNeverReady(endsRun());
      if (why.isPresent()) {
        throw program.fatal("unable to wait until " + directory + " is ready: " + why.get());
      }
    } catch (PosixException _) {
      // It is reported when the commands are sent.
    }
  }

  private Waited control(String directory, ServiceView view) {
    Optional<Tai64n> before =
        goal.isPresent() ? view.status().map(StatusRecord::since) : Optional.empty();
    try {
      // A wait without commands may begin before the supervisor runs.
      if (!commands.isEmpty() || goal.isEmpty()) {
        view.control(commands.toString());
      }
    } catch (PosixException e) {
      if (e.is(Errno.ENXIO)) {
        program.warn("unable to control " + directory + ": supervise not running");
      } else {
        program.warn("unable to control " + directory, e);
      }
    }
    return new Waited(directory, view, before);
  }

  /** True if the commands end the present run; so do INT and QUIT, unless it catches them. */
  private boolean endsRun() {
    return commands.chars().anyMatch(command -> "dtkiq".indexOf(command) >= 0);
  }

  /** True if all reach the goal in time. */
  private boolean await(List<Waited> waited, Goal wanted) throws PosixException {
    ServiceWait wait = new ServiceWait(calls, wanted, endsRun(), timeoutMs);
    boolean late = false;
    for (Waited service : waited) {
      if (!wait.await(service.view(), service.before())) {
        program.warn(
            "unable to wait until "
                + service.directory()
                + " is "
                + wanted.text()
                + ": timed out"
                + service.lastEnding(wanted));
        late = true;
      }
    }
    return !late;
  }
}
