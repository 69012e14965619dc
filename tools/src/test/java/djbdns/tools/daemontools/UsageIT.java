package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the programs say to wrong arguments and about directories that are not services. */
final class UsageIT extends SandboxedTest {
  private static final String SVC_OPTIONS =
      "svc options: u up, d down, o once, x exit, p pause, c continue, h hup, a alarm,"
          + " i interrupt, t term, k kill\n";
  private static final String SVC_OPTIONS_OF_OURS =
      ", q quit, 1 usr1, 2 usr2, W winch, w wait, T seconds";
  private static final String UNKNOWN_OPTION = "svc: illegal option -- z\n" + SVC_OPTIONS;
  private static final String NO_CONTROL =
      "svc: warning: unable to control new: file does not exist\n";

  /** Runs one subject's programs; its expectations are for each program what it prints. */
  private final class Expectations {
    private final Subject subject;

    Expectations(Subject subject) {
      this.subject = subject;
    }

    private void check(int exitCode, String output, String error, String command) throws Exception {
      String[] words = command.split(" ", -1);
      String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
      String more = subject == Subject.OURS ? SVC_OPTIONS_OF_OURS : "";
      assertEquals(
          new Execution(exitCode, output, error.replace(" k kill\n", " k kill" + more + "\n")),
          sandbox().run(subject, words[0], arguments),
          subject + " " + command);
    }

    void silence(int exitCode, String command) throws Exception {
      check(exitCode, "", "", command);
    }

    void error(int exitCode, String command, String error) throws Exception {
      check(exitCode, "", error, command);
    }

    void output(String command, String output) throws Exception {
      check(0, output, "", command);
    }
  }

  private void makeDirectories() throws Exception {
    Path directory = sandbox().directory();
    Files.writeString(directory.resolve("file"), "");
    sandbox().service("new");
    sandbox().service("empty/supervise");
    sandbox().service("looped");
    Files.createSymbolicLink(directory.resolve("looped/down"), Path.of("down"));
    makeFifos(directory.resolve("left/supervise"));
    sandbox().service("files").with("supervise/ok", "").with("supervise/control", "");
    sandbox()
        .service("short")
        .with("supervise/ok", "")
        .with("supervise/status", "17 bytes, no more");
    sandbox().service("directories/supervise/ok");
    sandbox().service("directories/supervise/control");
    sandbox().service("blocked").with("supervise", "");
  }

  private static void makeFifos(Path supervise) throws Exception {
    Files.createDirectories(supervise);
    for (String name : List.of("ok", "control")) {
      new ProcessBuilder("mkfifo", supervise.resolve(name).toString()).start().waitFor();
    }
  }

  @ForEachSubject
  void shouldKnowTheOptionsOfSvc(Subject subject) throws Exception {
    makeDirectories();
    Expectations svc = new Expectations(subject);
    svc.silence(0, "svc");
    svc.silence(0, "svc -u");
    svc.error(100, "svc -z new", UNKNOWN_OPTION);
    svc.error(100, "svc -uz new", UNKNOWN_OPTION);
    svc.error(100, "svc -u -z new", UNKNOWN_OPTION);
    svc.silence(0, "svc --z");
    svc.error(0, "svc -uud -d new", NO_CONTROL);
    svc.error(0, "svc -- new", NO_CONTROL);
    svc.error(
        0, "svc new -u", NO_CONTROL + "svc: warning: unable to chdir to -u: file does not exist\n");
    svc.error(
        0, "svc - new", "svc: warning: unable to chdir to -: file does not exist\n" + NO_CONTROL);
  }

  @ForEachSubject
  void shouldWarnAboutWhatSvcCannotControl(Subject subject) throws Exception {
    makeDirectories();
    new Expectations(subject)
        .error(
            0,
            "svc -u nonexistent file new empty  left files directories",
            """
            svc: warning: unable to chdir to nonexistent: file does not exist
            svc: warning: unable to chdir to file: not a directory
            svc: warning: unable to control new: file does not exist
            svc: warning: unable to control empty: file does not exist
            svc: warning: unable to chdir to : file does not exist
            svc: warning: unable to control left: supervise not running
            svc: warning: unable to control directories: is a directory
            """);
    assertEquals("u", sandbox().service("files").lines("supervise/control").getFirst());
  }

  @ForEachSubject
  void shouldTellByTheExitCodeOfSvok(Subject subject) throws Exception {
    makeDirectories();
    Expectations svok = new Expectations(subject);
    svok.error(100, "svok", "svok: usage: svok dir\n");
    svok.silence(100, "svok new");
    svok.silence(100, "svok empty");
    svok.silence(100, "svok left");
    svok.silence(100, "svok left files");
    svok.silence(0, "svok files");
    svok.error(111, "svok ", "svok: fatal: unable to chdir to : file does not exist\n");
    svok.error(111, "svok -x", "svok: fatal: unable to chdir to -x: file does not exist\n");
    svok.error(111, "svok file", "svok: fatal: unable to chdir to file: not a directory\n");
    svok.error(
        111,
        "svok directories",
        "svok: fatal: unable to open directories/supervise/ok: is a directory\n");
  }

  @ForEachSubject
  void shouldSayWhySvstatCannotSay(Subject subject) throws Exception {
    makeDirectories();
    Expectations svstat = new Expectations(subject);
    svstat.silence(0, "svstat");
    svstat.output(
        "svstat nonexistent file new empty  left files short directories looped -x",
        """
        nonexistent: unable to chdir: file does not exist
        file: unable to chdir: not a directory
        new: unable to open supervise/ok: file does not exist
        empty: unable to open supervise/ok: file does not exist
        : unable to chdir: file does not exist
        left: supervise not running
        files: unable to open supervise/status: file does not exist
        short: unable to read supervise/status: bad format
        directories: unable to open supervise/ok: is a directory
        looped: unable to stat down: symbolic link loop
        -x: unable to chdir: file does not exist
        """);
  }

  @ForEachSubject
  void shouldNotStartWithoutADirectory(Subject subject) throws Exception {
    makeDirectories();
    Expectations start = new Expectations(subject);
    String usage = "supervise: usage: supervise dir\n";
    String fatal = "supervise: fatal: unable to ";
    start.error(100, "supervise", usage);
    start.error(100, "supervise new file", usage);
    start.error(111, "supervise file", fatal + "chdir to file: not a directory\n");
    start.error(111, "supervise -x", fatal + "chdir to -x: file does not exist\n");
    start.error(111, "supervise looped", fatal + "stat looped/down: symbolic link loop\n");
    start.error(
        111, "supervise blocked", fatal + "acquire blocked/supervise/lock: not a directory\n");
    start.error(
        111,
        "svscan nonexistent",
        "svscan: fatal: unable to chdir to nonexistent: file does not exist\n");
    start.error(111, "svscan file", "svscan: fatal: unable to chdir to file: not a directory\n");
  }

  /** The original waits for ever in a loop that takes all of a processor. */
  @Test
  void shouldOursRefuseWhatIsNotAFifo() throws Exception {
    Subject.assumeOurs();
    makeDirectories();
    Expectations ours = new Expectations(Subject.OURS);
    String fatal = "supervise: fatal: unable to read ";
    ours.error(111, "supervise files", fatal + "files/supervise/control: file already exists\n");
    ours.error(
        111,
        "supervise directories",
        fatal + "directories/supervise/control: file already exists\n");
    ours.error(111, "supervise short", fatal + "short/supervise/ok: file already exists\n");
  }
}
