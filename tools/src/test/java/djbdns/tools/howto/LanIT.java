package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The wire of {@link Lan}, which must stay as it is while machines join it. */
@Timeout(120)
@ExtendWith(SharedInstallation.class)
final class LanIT {
  private static final String HARDWARE_ADDRESS = "ip link show wire | grep -o 'ether [0-9a-f:]*'";

  @TempDir private Path directory;

  @Test
  void shouldKeepTheRoutersHardwareAddressWhateverJoinsTheWire(Installation installation)
      throws Exception {
    try (Lan lan = Lan.start(directory, installation)) {
      Machine router = lan.internet();
      final String before = router.output(HARDWARE_ADDRESS);
      router.output("ip link add lowest address 02:00:00:00:00:00 type veth peer name other");
      router.output("ip link set lowest master wire up");
      assertEquals(before, router.output(HARDWARE_ADDRESS));
    }
  }
}
