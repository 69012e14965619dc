package djbdns.runtime;

import djbdns.posix.ProcessTitle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One command by name: its messages in the original's grammar, {@code program: severity: unable to
 * <verb> <object>: <cause>}, and its exit.
 */
public final class Program {
  /** The work of a command. */
  @FunctionalInterface
  public interface Body {
    /** Does the work; normal return is exit code 0. */
    void run() throws Exception;
  }

  private static final int EPIPE = 32;

  /** The exit code that a shell gives a program that SIGPIPE has ended. */
  private static final int KILLED_BY_SIGPIPE = 128 + 13;

  private final String name;

  public Program(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /**
   * Has ps(1), ss(8), netstat(8) and killall(1) call this process by the command's name, as they do
   * a program in C, and not {@code java}. For what runs long enough to be looked for.
   *
   * @param words the command's arguments, with a character for each byte
   */
  public void nameProcess(String... words) {
    try {
      ProcessTitle.rename(name);
      ProcessTitle.ofThisProcess().replace(name, words);
    } catch (IOException e) {
      // Without proc(5) nobody looks for it there either.
      return;
    }
  }

  /** {@code name: fatal: what}, exit 111. */
  public Fatal fatal(String what) {
    return new Fatal(ExitCode.SYSTEM, name + ": fatal: " + what);
  }

  /** {@code name: fatal: what}, a line for each of one or more errors, exit 111. */
  public Fatal fatal(List<String> errors) {
    String before = name + ": fatal: ";
    return new Fatal(ExitCode.SYSTEM, before + String.join("\n" + before, errors));
  }

  /** {@code name: fatal: what: cause}, exit 111. */
  public Fatal fatal(String what, Throwable cause) {
    return fatal(what + ": " + ErrorText.of(cause));
  }

  /** {@code name: fatal: what: cause (where)}, exit 111. */
  public Fatal fatal(String what, Throwable cause, String where) {
    return fatal(what + ": " + ErrorText.of(cause) + " (" + where + ")");
  }

  /** {@code name: fatal: what}, exit 100, for the few originals that exit so. */
  public Fatal fatalUsage(String what) {
    return new Fatal(ExitCode.USAGE, name + ": fatal: " + what);
  }

  /** {@code name: usage: name synopsis}, exit 100. */
  public Fatal usage(String synopsis) {
    return new Fatal(
        ExitCode.USAGE, name + ": usage: " + name + (synopsis.isEmpty() ? "" : " " + synopsis));
  }

  /** A message in words of its own, for originals that do not keep to their grammar. */
  public Fatal inWords(int exitCode, String message) {
    return new Fatal(exitCode, message);
  }

  /** The end of a command whose answer is its exit code. */
  public Fatal silent(int exitCode) {
    return new Fatal(exitCode, "");
  }

  /**
   * Prints text on standard output.
   *
   * @param text a character for each byte
   * @throws Fatal as {@link #unableToWriteOutput}
   */
  public void print(CharSequence text) {
    // System.out would not say why it could not.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    try {
      out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw unableToWriteOutput(e);
    }
  }

  /**
   * The end of a command whose output cannot be written: exit 111, and without a word, as if
   * SIGPIPE had ended it, if nobody reads any more.
   */
  public Fatal unableToWriteOutput(IOException cause) {
    boolean isUnread = ErrorText.of(cause).equals(ErrorText.of(EPIPE));
    return isUnread ? silent(KILLED_BY_SIGPIPE) : fatal("unable to write output", cause);
  }

  /** {@code name: warning: what: cause}, printed on standard error. */
  public void warn(String what, Throwable cause) {
    warn(what + ": " + ErrorText.of(cause));
  }

  /** Prints {@code name: warning: what} on standard error. */
  public void warn(String what) {
    System.err.println(name + ": warning: " + what);
  }

  /** Warns of what only a mistake in the program throws; the program goes on. */
  public void warnOfMistake(String what, RuntimeException mistake) {
    warn(what + ": " + mistake);
    trace(mistake);
  }

  private static void trace(Throwable thrown) {
    if (System.getenv("DJBDNS_DEBUG") != null) {
      thrown.printStackTrace();
    }
  }

  /**
   * Runs the body and exits the process with its code. Never returns. An exception that is not a
   * {@link Fatal} is a system error: one line, no stack trace, unless {@code $DJBDNS_DEBUG} is set.
   */
  public void run(Body body) {
    // Not System.exit: it sets up a logger to report to, and there are no hooks to be run.
    Runtime.getRuntime().halt(exitCodeOf(body));
  }

  private int exitCodeOf(Body body) {
    try {
      body.run();
      return ExitCode.SUCCESS;
    } catch (Fatal e) {
      if (!e.getMessage().isEmpty()) {
        System.err.println(e.getMessage());
      }
      return e.exitCode();
    } catch (Exception | LinkageError e) {
      trace(e);
      System.err.println(fatal("unable to go on", e).getMessage());
      return ExitCode.SYSTEM;
    } catch (OutOfMemoryError e) {
      System.err.println(fatal("out of memory").getMessage());
      return ExitCode.SYSTEM;
    }
  }
}
