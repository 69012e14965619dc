package djbdns.tools;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Part of the build: makes the pages for man(1) out of docs/man and the definitions of the tools,
 * and their completions for bash.
 */
final class ManualPages {
  private static final int TOOL_SECTION = 1;
  private static final int OTHER_SECTION = 8;
  private static final String SUFFIX = ".md";

  private ManualPages() {}

  /**
   * Makes the files.
   *
   * @param args docs/man and the suite's directory share
   */
  public static void main(String[] args) throws IOException {
    Path share = Path.of(args[1]);
    try (DirectoryStream<Path> pages = Files.newDirectoryStream(Path.of(args[0]), "*" + SUFFIX)) {
      for (Path page : pages) {
        String file = page.getFileName().toString();
        write(share, file.substring(0, file.length() - SUFFIX.length()), Files.readString(page));
      }
    }
    Path completions = Files.createDirectories(share.resolve("bash-completion/completions"));
    for (String name : Tools.names()) {
      Files.writeString(completions.resolve(name), definition(name).completion());
    }
  }

  private static void write(Path share, String name, String markdown) throws IOException {
    boolean isTool = Tools.names().contains(name);
    int section = isTool ? TOOL_SECTION : OTHER_SECTION;
    Optional<CommandLine> definition = isTool ? Optional.of(definition(name)) : Optional.empty();
    Path directory = Files.createDirectories(share.resolve("man/man" + section));
    Files.writeString(
        directory.resolve(name + "." + section),
        ManualPage.of(name, section, markdown, definition),
        StandardCharsets.UTF_8);
  }

  private static CommandLine definition(String name) {
    return Tools.of(name).commandLine(new Program(name));
  }
}
