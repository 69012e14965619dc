package djbdns.conf;

import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paths of the suite's programs, as words of run scripts and Makefiles. */
public final class SuitePrograms {
  /** The path by which this command was called, as its launcher says. */
  private static final String COMMAND = "djbdns.command";

  private final String directory;

  SuitePrograms(String directory) {
    this.directory = directory;
  }

  /**
   * The programs beside this one, under the name of the directory that it was called by, which may
   * be one of symbolic links: an installation that is moved under that name goes on working.
   */
  static SuitePrograms besideThisOne() throws IOException {
    FileSystem files = new FileSystem();
    Optional<String> command = ArgumentBytes.property(COMMAND);
    return new SuitePrograms(
        command.isPresent()
            ? absolute(files, parent(command.get()))
            : absolute(files, parent(jar()) + "../bin"));
  }

  /** The file that {@code java -jar} was given. */
  private static String jar() {
    return System.getProperty("java.class.path");
  }

  /** With a slash at the end. */
  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "./" : path.substring(0, slash + 1);
  }

  /** From the root, and without {@code .} and {@code ..} unless that would be another directory. */
  private static String absolute(FileSystem files, String path) throws PosixException {
    String absolute =
        path.startsWith("/")
            ? path
            : files.readLink(FileSystem.CURRENT, "/proc/self/cwd") + "/" + path;
    String normal = normalise(absolute);
    return isSame(files, absolute, normal) ? normal : absolute;
  }

  private static boolean isSame(FileSystem files, String one, String other) {
    try {
      return files
          .status(FileSystem.CURRENT, one)
          .isSameFile(files.status(FileSystem.CURRENT, other));
    } catch (PosixException e) {
      // It cannot be looked at, so that nothing is known about it.
      return false;
    }
  }

  static String normalise(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..") && !names.isEmpty()) {
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
    }
    return "/" + String.join("/", names);
  }

  private String path(String program) {
    return directory.endsWith("/") ? directory + program : directory + "/" + program;
  }

  /** A program as a word for sh(1). */
  public String word(String program) {
    return ShellText.word(path(program));
  }

  /** The same inside an argument in single quotes. */
  public String wordInQuotes(String program) {
    return ShellText.wordInQuotes(path(program));
  }

  /** The Makefile that keeps {@code data.cdb} up to date with a compiler of {@code data}. */
  public String makefile(String compiler) {
    return "data.cdb: data\n\t" + ShellText.wordInMakefile(path(compiler)) + "\n";
  }
}
