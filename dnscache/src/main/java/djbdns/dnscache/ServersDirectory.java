package djbdns.dnscache;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.posix.Directory;
import djbdns.posix.NotRegularFileException;
import djbdns.posix.RegularFile;
import djbdns.runtime.ErrorText;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The directory {@code servers} (roots.c): a file for each zone whose servers are known, named by
 * the zone, {@code @} for the root. A line is an address of a server, with a port or without; the
 * first 32 count. A line {@code forward} or {@code forward-first} says that they are caches. What
 * follows the first word of a line, and lines that are empty or start with {@code #}, mean nothing.
 */
final class ServersDirectory {
  private static final int MAX_SERVERS = 32;

  /** Thirty-two addresses, and as much to say about them as anybody could want. */
  private static final int MAX_BYTES = 1 << 20;

  private final Path directory;
  private final boolean forwardOnly;

  /**
   * A directory, which is not read yet.
   *
   * @param forwardOnly {@code $FORWARDONLY}: all zones are {@link ConfiguredZone.Mode#FORWARD}
   */
  ServersDirectory(Path directory, boolean forwardOnly) {
    this.directory = directory;
    this.forwardOnly = forwardOnly;
  }

  /**
   * Reads all files whose names do not start with a dot. The zone of a file without an address has
   * no servers (roots.c), and so has that of a FIFO, a device, a socket or a directory.
   *
   * @param warnings gets what is wrong with a file, once for each, without the program's name
   * @throws IOException if the directory or a regular file cannot be read, or a file's name is no
   *     domain name
   */
  ConfiguredZones read(Consumer<String> warnings) throws IOException {
    List<ConfiguredZone> zones = new ArrayList<>();
    Directory.check(directory);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".")) {
          zones.add(readFile(file, zoneName(name), warnings));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new ConfiguredZones(zones);
  }

  private static Name zoneName(String file) throws IOException {
    try {
      return file.equals("@") ? Name.ROOT : Name.parse(file);
    } catch (MalformedTextException e) {
      throw new IOException("servers/" + file + " is no domain name", e);
    }
  }

  private ConfiguredZone readFile(Path file, Name name, Consumer<String> warnings)
      throws IOException {
    ConfiguredZone.Mode mode = ConfiguredZone.Mode.ITERATE;
    List<ServerAddress> addresses = new ArrayList<>();
    boolean warned = false;
    int number = 0;
    for (String line : lines(file, warnings)) {
      number++;
      String word = line.strip().split("\\s", 2)[0];
      if (word.isEmpty() || word.startsWith("#")) {
        continue;
      }
      if (word.equals("forward")) {
        mode = ConfiguredZone.Mode.FORWARD;
      } else if (word.equals("forward-first")) {
        mode = ConfiguredZone.Mode.FORWARD_FIRST;
      } else {
        Optional<ServerAddress> address =
            ServerAddress.parse(word).filter(parsed -> !parsed.isUnspecified());
        if (address.isPresent() && addresses.size() < MAX_SERVERS) {
          addresses.add(address.get());
        } else if (address.isEmpty() && !warned) {
          warned = true;
          warnings.accept(
              "unable to parse servers/" + file.getFileName() + " line " + number + ": " + word);
        }
      }
    }
    return zone(file, name, forwardOnly ? ConfiguredZone.Mode.FORWARD : mode, addresses, warnings);
  }

  private static String[] lines(Path file, Consumer<String> warnings) throws IOException {
    try {
      return RegularFile.readText(file, MAX_BYTES).split("\n", -1);
    } catch (IOException e) {
      warnings.accept("unable to read servers/" + file.getFileName() + ": " + ErrorText.of(e));
      if (e instanceof NotRegularFileException) {
        // Whoever meant something by it meant no public servers.
        return new String[0];
      }
      throw e;
    }
  }

  private static ConfiguredZone zone(
      Path file,
      Name name,
      ConfiguredZone.Mode mode,
      List<ServerAddress> addresses,
      Consumer<String> warnings) {
    ConfiguredZone zone = new ConfiguredZone(name, mode, addresses);
    if (zone.isUnserved()) {
      String names = name.isRoot() ? "all other names" : name + " and names below it";
      warnings.accept("servers/" + file.getFileName() + " has no address: " + names + " fail");
    }
    return zone;
  }
}
