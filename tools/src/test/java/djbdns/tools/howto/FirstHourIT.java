package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import djbdns.tools.howto.Document.Step;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a new administrator does: the README from its first command to the installation, or the
 * Debian package, and then docs/howto/lan-cache.md, to the letter, on a machine where nothing is
 * installed.
 */
@Timeout(400)
final class FirstHourIT {
  /** The text that is followed after the README. */
  static final String TEXT = "lan-cache.md";

  private static final String CODE = "    ";
  private static final String FENCE = "```";

  @TempDir private Path directory;

  @BeforeAll
  static void assumePossible() throws Exception {
    Lan.assumePossible();
  }

  private static Path project() {
    return Installation.project();
  }

  /** The commands in a section of the README: what is indented, and no output between fences. */
  private static List<String> commands(String section) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean isInside = false;
    boolean isOutput = false;
    for (String line : Files.readAllLines(project().resolve("README.md"))) {
      if (line.startsWith("## ")) {
        isInside = line.equals("## " + section);
      } else if (line.startsWith(FENCE)) {
        isOutput = !isOutput;
      } else if (isInside && !isOutput && line.startsWith(CODE)) {
        commands.add(line.strip());
      }
    }
    assertFalse(commands.isEmpty(), section);
    return commands;
  }

  /** A checkout in which the suite has been built, as {@code /srv/shared/djbdns}. */
  private void checkOut(Lan lan) throws IOException, InterruptedException {
    Path target = Files.createDirectory(lan.shared().resolve("djbdns"));
    List<String> command =
        List.of(
            "/usr/bin/rsync",
            "-a",
            "--exclude=.git",
            "--include=/tools/target/djbdns/***",
            "--include=/tools/target/",
            "--exclude=target/*",
            project() + "/",
            target + "/");
    Execution execution = Execution.of(directory, Map.of("PATH", "/usr/bin:/bin"), command);
    assertEquals(0, execution.exitCode(), execution::error);
    lan.server().output("cd /srv/shared/djbdns");
  }

  private static void type(Machine machine, String command)
      throws IOException, InterruptedException {
    Execution execution = machine.run(command);
    assertEquals(0, execution.exitCode(), () -> command + "\n" + execution.error());
  }

  @Test
  void shouldLeadFromTheReadmeToAnswers() throws Exception {
    try (Lan lan = Lan.startBare(Files.createDirectory(directory.resolve("lan")))) {
      checkOut(lan);
      for (String command : commands("Run it")) {
        // The text says that it stays until Ctrl-C otherwise.
        type(lan.server(), command + " --once");
      }
      for (String command : commands("Install it")) {
        type(lan.server(), command);
      }
      Path text = project().resolve("docs/howto", TEXT);
      Session.follow(text, withoutAccounts(Document.read(text).steps()), lan);
    }
  }

  /** The accounts are there already. */
  private static List<Step> withoutAccounts(List<Step> steps) {
    return steps.stream().filter(step -> !step.command().startsWith("useradd ")).toList();
  }

  /** Up to the first answers; the rest is the same. */
  @Test
  void shouldLeadFromTheDebianPackageToAnswers() throws Exception {
    Path deb = debianPackage();
    try (Lan lan = Lan.startBare(Files.createDirectory(directory.resolve("lan")))) {
      Files.copy(deb, lan.shared().resolve("djbdns-java.deb"));
      Machine server = lan.server();
      server.installScript("debian.sh", "make-debian");
      Execution prepared = server.run("make-debian");
      assumeTrue(prepared.exitCode() != 75, "no writable /usr here: " + prepared.error());
      assertEquals(0, prepared.exitCode(), prepared::error);
      type(server, "dpkg --force-depends -i /srv/shared/djbdns-java.deb");
      type(server, "svscanboot </dev/null >/dev/null 2>&1 &");
      Path text = project().resolve("docs/howto", TEXT);
      int end = Files.readAllLines(text).indexOf("## Tell the clients") + 1;
      List<Step> steps =
          withoutAccounts(Document.read(text).steps()).stream()
              .filter(step -> step.line() < end)
              .toList();
      assertFalse(steps.isEmpty());
      Session.follow(text, steps, lan);
    }
  }

  private static Path debianPackage() throws IOException {
    Path target = project().resolve("tools/target");
    try (DirectoryStream<Path> packages = Files.newDirectoryStream(target, "djbdns-java_*.deb")) {
      return packages.iterator().next();
    }
  }
}
