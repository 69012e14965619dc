package djbdns.tinydns.axfr;

import djbdns.client.ServerAddress;
import djbdns.posix.RegularFile;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of secondaries, a line for each: {@code zone address}, or {@code zone address key}. The
 * zone {@code *} is any. Empty lines, and lines that start with {@code #}, are left out.
 */
public final class SecondaryFile {
  private static final int MAX_BYTES = 1 << 24;

  private SecondaryFile() {}

  /**
   * Reads a file.
   *
   * @param keys where the keys that lines name are found
   * @throws IOException if it cannot be read, or a line makes no sense; its message ends a sentence
   *     such as "unable to use FILE: "
   */
  public static List<Secondary> read(Path file, TsigKeys keys) throws IOException {
    List<Secondary> secondaries = new ArrayList<>();
    int number = 0;
    for (String line : RegularFile.readText(file, MAX_BYTES).lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        try {
          secondaries.add(parse(line, keys));
        } catch (MalformedTextException e) {
          throw new IOException("line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return secondaries;
  }

  static Secondary parse(String line, TsigKeys keys) throws MalformedTextException {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 2 || words.length > 3) {
      throw new MalformedTextException("not zone, address and perhaps key: " + line.strip());
    }
    Optional<Name> zone =
        words[0].equals("*") ? Optional.empty() : Optional.of(Name.parse(words[0]));
    ServerAddress address =
        ServerAddress.parse(words[1])
            .orElseThrow(() -> new MalformedTextException("bad address: " + words[1]));
    return new Secondary(
        zone, address, words.length == 3 ? Optional.of(key(words[2], keys)) : Optional.empty());
  }

  private static TsigKey key(String text, TsigKeys keys) throws MalformedTextException {
    return keys.find(Name.parse(text))
        .orElseThrow(() -> new MalformedTextException("unknown key: " + text));
  }
}
