package djbdns.supervise.filter;

import djbdns.posix.ProcessTitle;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * {@code readproctitle}: shows the end of what it reads in its last argument, where ps(1) finds it.
 * Prints nothing, not even errors. Source: readproctitle.c.
 */
public final class Readproctitle {
  private static final int READ_BYTES = 1024;

  private Readproctitle() {}

  public static void main(String[] args) {
    Program program = new Program("readproctitle");
    program.run(() -> run(program, ArgumentBytes.of(args)));
  }

  private static void run(Program program, String[] words) throws IOException {
    int last = words.length - 1;
    if (last < 0 || words[last].length() < Title.MIN_BYTES) {
      throw program.silent(ExitCode.USAGE);
    }
    Title title = new Title(words[last].length());
    program.nameProcess(words);
    ProcessTitle shown = ProcessTitle.ofThisProcess();
    int at = shown.replace(program.name(), words);
    shown.write(at, title.bytes());
    show(program, title, shown, at);
  }

  private static void show(Program program, Title title, ProcessTitle shown, int at) {
    FileInputStream input = new FileInputStream(FileDescriptor.in);
    byte[] bytes = new byte[READ_BYTES];
    try {
      for (int length = input.read(bytes); length > 0; length = input.read(bytes)) {
        title.append(bytes, length);
        shown.write(at, title.bytes());
      }
    } catch (IOException e) {
      throw program.silent(ExitCode.SYSTEM);
    }
  }
}
