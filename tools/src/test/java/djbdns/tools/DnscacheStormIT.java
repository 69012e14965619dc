package djbdns.tools;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short {@link DnscacheStorm}; {@code -Dstorm.packets} and {@code -Dstorm.seed} change it. */
final class DnscacheStormIT {
  private static final int PACKETS = 20_000;

  @TempDir private Path directory;

  @Test
  void shouldWithstandDamagedPackets() throws Exception {
    int packets = Integer.getInteger("storm.packets", PACKETS);
    long seed = Long.getLong("storm.seed", new SplittableRandom().nextLong());

    DnscacheStorm.run(directory, packets, seed);
  }
}
