package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the original commands, many from one shell: it starts them with less ado than a JVM, and
 * their arguments are bytes.
 */
final class Originals {
  private Originals() {}

  /** Cuts a list into pieces, each of one environment, so many that there is one a thread. */
  static List<List<Invocation>> batches(List<Invocation> invocations, int threads) {
    int most = Math.max(1, invocations.size() / threads);
    List<List<Invocation>> batches = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= invocations.size(); i++) {
      if (i == invocations.size()
          || i - start == most
          || !invocations.get(i).environment().equals(invocations.get(start).environment())) {
        batches.add(invocations.subList(start, i));
        start = i;
      }
    }
    return batches;
  }

  /** Runs invocations of one environment, one after the other. */
  static List<Outcome> run(List<Invocation> batch) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("originals");
    StringBuilder script = new StringBuilder("cd " + directory + "\n");
    for (int i = 0; i < batch.size(); i++) {
      script.append("/usr/bin/");
      batch.get(i).words().forEach(word -> script.append(quote(word)).append(' '));
      script.append(">out").append(i).append(" 2>err").append(i);
      script.append("; echo $? >code").append(i).append('\n');
    }
    Path file = Files.writeString(directory.resolve("script"), script, ISO_8859_1);
    Outcome shell =
        Commands.run(List.of("/bin/sh", file.toString()), batch.getFirst().environment());
    if (!shell.equals(new Outcome("", "", 0))) {
      throw new IOException("the shell failed: " + shell);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      outcomes.add(
          new Outcome(
              take(directory.resolve("out" + i)),
              take(directory.resolve("err" + i)),
              Integer.parseInt(take(directory.resolve("code" + i)).strip())));
    }
    Files.delete(file);
    Files.delete(directory);
    return outcomes;
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String take(Path file) throws IOException {
    String text = Files.readString(file, ISO_8859_1);
    Files.delete(file);
    return text;
  }
}
