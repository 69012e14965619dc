package djbdns.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a command's arguments and environment. Java decodes them by the locale, which loses
 * bytes that mean nothing in it; the kernel still has them. All strings here have a character for
 * each byte, as in ISO 8859-1.
 */
public final class ArgumentBytes {
  private static final String KERNEL_COPY = "/proc/self/cmdline";
  private static final String ENVIRONMENT = "/proc/self/environ";

  /** Set by the launcher to what {@link #ENVIRONMENT} was before, in Base64. */
  private static final String GIVEN_ENVIRONMENT = "DJBDNS_ENVIRONMENT";

  private ArgumentBytes() {}

  /**
   * The arguments.
   *
   * @param args as {@code main} got them
   */
  public static String[] of(String[] args) throws IOException {
    for (String arg : args) {
      if (!isAscii(arg)) {
        return lastArguments(read(KERNEL_COPY), args.length);
      }
    }
    return args;
  }

  /**
   * A system property that the launcher sets, such as {@code djbdns.command}; empty without a
   * launcher.
   */
  public static Optional<String> property(String name) throws IOException {
    Optional<String> decoded = Optional.ofNullable(System.getProperty(name));
    if (decoded.isEmpty() || isAscii(decoded.get())) {
      return decoded;
    }
    return propertyOf(read(KERNEL_COPY), name);
  }

  /** The first property of that name in a command line of Java. */
  static Optional<String> propertyOf(byte[] commandLine, String name) {
    String option = "-D" + name + "=";
    return entries(commandLine).stream()
        .filter(argument -> argument.startsWith(option))
        .map(argument -> argument.substring(option.length()))
        .findFirst();
  }

  /**
   * The environment that the command was started with, {@code NAME=value}, in its order. What the
   * launcher's shell made of it is not the same.
   */
  public static List<String> environment() throws IOException {
    String given = System.getenv(GIVEN_ENVIRONMENT);
    return entries(given == null ? read(ENVIRONMENT) : Base64.getMimeDecoder().decode(given));
  }

  /** The entries of an environment, each of which ends with a zero byte. */
  static List<String> entries(byte[] environment) {
    List<String> entries = new ArrayList<>();
    String all = new String(environment, StandardCharsets.ISO_8859_1);
    int start = 0;
    for (int end = all.indexOf('\0'); end >= 0; end = all.indexOf('\0', start)) {
      entries.add(all.substring(start, end));
      start = end + 1;
    }
    return entries;
  }

  /** Reads a file, not by a channel: with the first one the JVM opens a socket of its own. */
  private static byte[] read(String file) throws IOException {
    try (FileInputStream stream = new FileInputStream(file)) {
      return stream.readAllBytes();
    }
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
