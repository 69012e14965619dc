package djbdns.supervise.chain;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.EnvironmentFile;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code envdir}: runs a program with environment variables from the files of a directory. Source:
 * envdir.c.
 */
public final class Envdir {
  private static final int READ_BYTES = 4096;

  private final Program program;
  private final String directory;
  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors = new Descriptors();

  private Envdir(Program program, String directory) {
    this.program = program;
    this.directory = directory;
  }

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand(
            "envdir", "dir child", "Run a program with variables from the files of a directory.");
    command.run(
        args,
        0,
        (program, words) -> {
          if (words.size() < 2) {
            // The original's only usage error that is not 100.
            throw program.inWords(ExitCode.SYSTEM, command.usage().getMessage());
          }
          throw new Envdir(program, words.getFirst()).run(words.subList(1, words.size()));
        });
  }

  private Fatal run(List<String> child) throws IOException {
    NextProgram next = new NextProgram(program, child);
    Environment environment = new Environment(next.environment());
    int start = attempt("unable to switch to current directory", this::openCurrent);
    attempt(
        "unable to switch to directory " + directory,
        () -> {
          files.enter(directory);
          return null;
        });
    List<String> names =
        attempt("unable to read directory " + directory, () -> files.list(FileSystem.CURRENT));
    for (String name : names) {
      if (!name.startsWith(".")) {
        change(environment, name);
      }
    }
    attempt(
        "unable to switch to starting directory",
        () -> {
          files.enter(start);
          return null;
        });
    return next.run(environment);
  }

  @FunctionalInterface
  private interface Step<T> {
    T run() throws PosixException;
  }

  private <T> T attempt(String what, Step<T> step) {
    try {
      return step.run();
    } catch (PosixException e) {
      throw program.fatal(what, e);
    }
  }

  private int openCurrent() throws PosixException {
    return files.open(FileSystem.CURRENT, ".", FileSystem.READ | FileSystem.NONBLOCKING);
  }

  private void change(Environment environment, String name) {
    String what = "unable to read " + directory + "/" + name;
    Optional<String> content = attempt(what, () -> read(name));
    if (content.isEmpty()) {
      return;
    }
    switch (EnvironmentFile.of(content.get())) {
      case EnvironmentFile.Value(String value) -> environment.set(name, value);
      case EnvironmentFile.Removal _ -> environment.unset(name);
    }
  }

  /** The content of a file; empty if it has been removed, or is a link to nothing. */
  private Optional<String> read(String name) throws PosixException {
    int descriptor;
    try {
      descriptor = files.open(FileSystem.CURRENT, name, FileSystem.READ | FileSystem.NONBLOCKING);
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
    try {
      return Optional.of(readAll(descriptor));
    } finally {
      descriptors.close(descriptor);
    }
  }

  private String readAll(int descriptor) throws PosixException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] bytes = new byte[READ_BYTES];
    for (int length = descriptors.read(descriptor, bytes);
        length > 0;
        length = descriptors.read(descriptor, bytes)) {
      content.write(bytes, 0, length);
    }
    return content.toString(StandardCharsets.ISO_8859_1);
  }
}
