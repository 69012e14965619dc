package djbdns.tinydns;

import djbdns.runtime.Program;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.ZoneData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The original tinydns and ours, see {@link SideBySide}. {@code -Ddjbdns.queries=N} sends N queries
 * for each data file, {@code -Ddjbdns.seed=N} chooses others.
 */
final class CompatDifferentialTest {
  private static final int QUERIES = Integer.getInteger("djbdns.queries", 1500);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final int DATA_FILES = 5;
  private static final int SAMPLE = 8;

  /** Clients without a location, in one by octets, and in one by bits. */
  private static final List<String> CLIENTS =
      List.of(
          "127.0.0.1",
          "127.0.0.17",
          "127.1.1.1",
          "127.1.1.4",
          "127.1.1.200",
          "127.1.9.4",
          "127.2.2.2",
          "127.2.0.0",
          "127.2.0.1");

  @TempDir Path root;

  @BeforeEach
  void assumeOriginal() throws IOException {
    OriginalServer.assumeAvailable("tinydns");
    // The original reads data.cdb as another user.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void shouldAnswerAndLogAsTheOriginal() throws Exception {
    SideBySide sideBySide = new SideBySide(CLIENTS, SAMPLE);
    for (long seed = SEED; seed < SEED + DATA_FILES; seed++) {
      ZoneGenerator data = ZoneGenerator.old(seed);
      Files.writeString(root.resolve("data"), data.file(20 + (int) (seed % 5) * 40));
      OriginalServer.compile("tinydns-data", root);
      compare(sideBySide, data, seed);
    }
  }

  /** The original serves what only ours can compile: types and networks it has no words for. */
  @Test
  void shouldLetTheOriginalServeTypesOfToday() throws Exception {
    SideBySide sideBySide = new SideBySide(CLIENTS, SAMPLE);
    for (long seed = SEED; seed < SEED + DATA_FILES; seed++) {
      ZoneGenerator data = ZoneGenerator.ofToday(seed);
      Files.writeString(root.resolve("data"), data.file(30 + (int) (seed % 5) * 60));
      new DataBuild(new Program("tinydns-data"), _ -> {}, root, InstantSource.system()).run();
      compare(sideBySide, data, seed);
    }
  }

  private void compare(SideBySide sideBySide, ZoneGenerator data, long seed) throws Exception {
    QueryGenerator queries = new QueryGenerator(seed, data.names());
    try (ZoneData zones = ZoneData.load(root.resolve("data.cdb"), seed);
        OriginalServer original =
            OriginalServer.start("tinydns", SideBySide.ORIGINAL_IP, root, "")) {
      sideBySide.compare(original, () -> inquiry(zones), queries, QUERIES, seed);
    }
  }

  private static Inquiry inquiry(ZoneData zones) {
    CompatLookup lookup = new CompatLookup(new SplittableRandom(SEED));
    lookup.use(zones);
    return new Inquiry(lookup, InstantSource.system());
  }
}
