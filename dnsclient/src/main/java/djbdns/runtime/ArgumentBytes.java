package djbdns.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a command's arguments and environment. Java decodes them by the locale, which loses
 * bytes that mean nothing in it; the kernel still has them. All strings here have a character for
 * each byte, as in ISO 8859-1.
 */
public final class ArgumentBytes {
  private static final Path KERNEL_COPY = Path.of("/proc/self/cmdline");
  private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

  private ArgumentBytes() {}

  /**
   * The arguments.
   *
   * @param args as {@code main} got them
   */
  public static String[] of(String[] args) throws IOException {
    for (String arg : args) {
      if (!isAscii(arg)) {
        return lastArguments(Files.readAllBytes(KERNEL_COPY), args.length);
      }
    }
    return args;
  }

  /** The environment that the process was started with, {@code NAME=value}, in its order. */
  public static List<String> environment() throws IOException {
    String all = new String(Files.readAllBytes(ENVIRONMENT), StandardCharsets.ISO_8859_1);
    return all.isEmpty() ? List.of() : List.of(all.split("\0"));
  }

  /** The last {@code count} arguments of a process, each of which ends with a zero byte. */
  static String[] lastArguments(byte[] commandLine, int count) {
    String[] all = new String(commandLine, StandardCharsets.ISO_8859_1).split("\0", -1);
    return Arrays.copyOfRange(all, all.length - 1 - count, all.length - 1);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
