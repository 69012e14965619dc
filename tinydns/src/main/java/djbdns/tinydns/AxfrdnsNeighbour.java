package djbdns.tinydns;

import djbdns.posix.RegularFile;
import djbdns.runtime.EnvironmentFile;
import djbdns.runtime.ListenAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds axfrdns beside tinydns: a service directory in the same place as tinydns's own that has
 * rules for TCP clients ({@code tcp}, as axfrdns-conf makes it) and whose {@code env/ROOT} is the
 * same; or one whose {@code run} starts axfrdns, with everything else wherever its administrator
 * keeps it. In the original TCP is its business, so that both may have one address.
 */
final class AxfrdnsNeighbour {
  /** No address or directory is longer; what else is called so is not read. */
  private static final int MAX_VALUE_BYTES = 8192;

  /** No run script is longer; what else is called so is not read. */
  private static final int MAX_RUN_BYTES = 1 << 16;

  private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)#.*$");

  /** A word of its own, with or without a directory of programs before it. */
  private static final Pattern AXFRDNS =
      Pattern.compile(
          "(^|[\\s;&|'\"])(\\S*(bin|command)/)?axfrdns(?=$|[\\s;&|'\"])|axfrdns\\.jar\\b",
          Pattern.MULTILINE);

  private final Path root;
  private final Path own;
  private final Path place;

  /**
   * A search.
   *
   * @param service tinydns's service directory, absolute
   * @param root its {@code $ROOT}
   */
  AxfrdnsNeighbour(Path service, Path root) {
    this.root = root.toAbsolutePath();
    own = service;
    place = Optional.ofNullable(service.getParent()).orElse(service);
  }

  /** The service directory of an axfrdns at an address, if there is one. */
  Optional<Path> servingTcp(InetAddress address) {
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try (Stream<Path> services = Files.list(place)) {
      return services.filter(service -> mayServe(service, address)).findFirst();
    } catch (IOException | UncheckedIOException e) {
      // Whoever may not look around has no neighbours.
      return Optional.empty();
    }
  }

  private boolean mayServe(Path service, InetAddress address) {
    if (Files.exists(service.resolve("tcp"))
        && value(service, "ROOT").filter(this::isRoot).isPresent()) {
      return isAt(address, service);
    }
    // Its address may be anywhere, even in the script.
    return startsAxfrdns(service) && (value(service, "IP").isEmpty() || isAt(address, service));
  }

  private boolean startsAxfrdns(Path service) {
    try {
      String script = RegularFile.readText(service.resolve("run"), MAX_RUN_BYTES);
      return !service.equals(own) && AXFRDNS.matcher(COMMENT.matcher(script).replaceAll("")).find();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isRoot(String directory) {
    try {
      return Path.of(directory).equals(root);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isAt(InetAddress address, Path service) {
    try {
      return ListenAddresses.parse(value(service, "IP").orElse(""), 1).stream()
          .map(listening -> listening.getAddress())
          .anyMatch(listening -> listening.equals(address) || listening.isAnyLocalAddress());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The value that envdir gives a variable. */
  private static Optional<String> value(Path service, String variable) {
    Path file = service.resolve("env", variable);
    try {
      return switch (EnvironmentFile.of(RegularFile.readText(file, MAX_VALUE_BYTES))) {
        case EnvironmentFile.Value(String value) -> Optional.of(value);
        case EnvironmentFile.Removal _ -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
