package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A place for service directories, with much in it that is in the way of one. */
final class ConfDirectory {
  private static final String BUILD =
      """
      chmod 755 . && mkdir -p sub full tinydns/root && touch file full/x && ln -s nowhere link &&
      ln -s loop loop && mkdir -m 700 closed && mkdir -m 755 readonly && mkdir -m 1777 open &&
      mkdir setgid && chgrp daemon setgid && chmod 2775 setgid
      """;

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

  private final Path directory;

  ConfDirectory(Path directory) {
    this.directory = directory;
  }

  /** Makes it anew. */
  void reset() throws IOException, InterruptedException {
    shell("rm -rf ./* ./.[!.]*");
    shell(BUILD);
  }

  void shell(String script) throws IOException, InterruptedException {
    assertEquals(new Execution(0, "", ""), run(List.of("/bin/sh", "-c", script)));
  }

  /** Runs a command to its end. */
  Execution run(List<String> command) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return Execution.of(directory, environment, command, 120);
  }

  /** The same, not as root. */
  Execution runAsNobody(List<String> command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(AS_NOBODY);
    words.addAll(command);
    return run(words);
  }

  /**
   * Everything in it: type and mode, owner, group and contents by path.
   *
   * @param contents what a file's bytes are shown as, with a character for each
   */
  Map<String, String> snapshot(Contents contents) throws IOException {
    Map<String, String> snapshot = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> !path.equals(directory)).toList()) {
        Map<String, Object> status =
            Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        String name = directory.relativize(file).toString();
        String text =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? contents.of(name, Files.readString(file, ISO_8859_1))
                : "";
        snapshot.put(
            name,
            Integer.toOctalString((int) status.get("mode"))
                + " "
                + status.get("uid")
                + ":"
                + status.get("gid")
                + " "
                + text);
      }
    }
    return snapshot;
  }

  /** What to show of a file. */
  @FunctionalInterface
  interface Contents {
    String of(String name, String text);
  }

  /** The paths of everything in it. */
  Set<String> paths() throws IOException {
    return snapshot((_, _) -> "").keySet();
  }
}
