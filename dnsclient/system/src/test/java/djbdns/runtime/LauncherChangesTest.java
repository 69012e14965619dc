package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.posix.ResourceLimits.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LauncherChangesTest {
  @Test
  void shouldReadTheLimitsThatTheLauncherNotes() {
    assertEquals(Map.of(), LauncherChanges.softLimits(""));
    assertEquals(
        Map.of(Resource.DATA, 300_000L, Resource.NPROC, 20L),
        LauncherChanges.softLimits("DATA=300000,NPROC=20,"));
  }
}
