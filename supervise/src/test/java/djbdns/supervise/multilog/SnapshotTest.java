package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.FileIdentity;
import djbdns.supervise.multilog.LineTrace.Place;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SnapshotTest {
  private static final Snapshot.Log LOG =
      new Snapshot.Log(
          new FileIdentity(1, 2, 3), new FileIdentity(4, 5, 6), 1L << 33, new Place(5, 6), true);
  private static final Snapshot SNAPSHOT =
      new Snapshot(
          135168,
          new Snapshot.Line("\u0000\u00ff text", true),
          List.of(
              LOG,
              new Snapshot.Log(
                  new FileIdentity(7, 8, 9), new FileIdentity(10, 0, 11), 0, Place.START, false)));

  @Test
  void shouldReadWhatItWrites() {
    byte[] slot = Arrays.copyOf(SNAPSHOT.encode(42), Snapshot.MAX_ENCODED_BYTES);
    assertEquals(Optional.of(new Snapshot.Numbered(42, SNAPSHOT)), Snapshot.decode(slot));
    Snapshot empty = new Snapshot(0, Snapshot.Line.NONE, List.of());
    assertEquals(Optional.of(new Snapshot.Numbered(1, empty)), Snapshot.decode(empty.encode(1)));
  }

  @Test
  void shouldNotTrustWhatIsNotWhole() {
    byte[] whole = SNAPSHOT.encode(42);
    for (int i = 0; i < whole.length; i++) {
      byte[] torn = whole.clone();
      torn[i] ^= 1;
      assertEquals(Optional.empty(), Snapshot.decode(torn), "byte " + i);
      assertEquals(Optional.empty(), Snapshot.decode(Arrays.copyOf(whole, i)));
    }
    assertEquals(Optional.empty(), Snapshot.decode(new byte[Snapshot.MAX_ENCODED_BYTES]));
  }

  @Test
  void shouldFitIntoItsSlot() {
    Snapshot largest =
        new Snapshot(
            0,
            new Snapshot.Line("x".repeat(LineSplitter.HEAD_BYTES), false),
            Collections.nCopies(Snapshot.MAX_LOGS, LOG));
    assertTrue(largest.encode(1).length <= Snapshot.MAX_ENCODED_BYTES);
  }
}
