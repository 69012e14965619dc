package djbdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ShortagesTest {
  private static final String FILES = "too many open files: new connections have to wait";
  private static final String MEMORY = "out of memory for packets: some are dropped";
  private static final int EMFILE = -24;
  private static final int ECONNRESET = -104;

  @BeforeAll
  static void loadErrorNumbers() {
    Epoll.ensureAvailability();
  }

  private final List<String> said = new ArrayList<>();
  private long nowNs = -5;
  private final Shortages shortages = new Shortages(said::add, () -> nowNs);

  @Test
  void shouldSaySoOnceAMinuteForEachKind() {
    for (int i = 0; i < 100; i++) {
      shortages.note(new NativeIoException("accept", EMFILE));
      shortages.note(new OutOfMemoryError("direct"));
    }
    assertEquals(List.of(FILES, MEMORY), said);
    nowNs += Shortages.SILENCE_NS - 1;
    shortages.note(new NativeIoException("accept", EMFILE));
    assertEquals(2, said.size());
    nowNs++;
    shortages.note(new NativeIoException("accept", EMFILE));
    assertEquals(List.of(FILES, MEMORY, FILES), said);
  }

  @Test
  void shouldSayNothingOfOtherErrors() {
    shortages.note(new NativeIoException("read", ECONNRESET));
    shortages.note(new IllegalStateException());
    assertEquals(List.of(), said);
  }
}
