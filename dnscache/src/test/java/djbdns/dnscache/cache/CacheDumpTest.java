package djbdns.dnscache.cache;

import static djbdns.dnscache.cache.Fixture.A;
import static djbdns.dnscache.cache.Fixture.CNAME;
import static djbdns.dnscache.cache.Fixture.NOW;
import static djbdns.dnscache.cache.Fixture.entry;
import static djbdns.dnscache.cache.Fixture.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CacheDumpTest {
  private static final int TXT = 16;

  private final Fixture from = new Fixture(100_000);
  private final Fixture to = new Fixture(100_000);

  @AfterEach
  void close() {
    from.close();
    to.close();
  }

  private byte[] dump(long unixSeconds) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CacheDump.write(from.cache, out, unixSeconds);
    return out.toByteArray();
  }

  private long load(byte[] dump, long unixSeconds) throws IOException {
    return CacheDump.load(to.cache, () -> new ByteArrayInputStream(dump), unixSeconds);
  }

  private void fillSmall() {
    from.put("www.x", records(Rank.AUTHORITATIVE, A, 0, 4, 1, 2, 3, 4));
    from.put("x", entry(Kind.FAILURE, Rank.FAILURE, 99, NOW + 9, 0, 22));
    from.put("x", entry(Kind.NODATA, Rank.NON_AUTHORITATIVE, A, NOW + 60));
    from.put("y", entry(Kind.NXDOMAIN, Rank.AUTHORITATIVE, EntryType.NXDOMAIN, NOW + 60));
    from.put("z", entry(Kind.DELEGATION, Rank.REFERRAL, EntryType.DELEGATION, NOW + 60, 1, 2));
  }

  @Test
  void shouldLoadTheLargestEntries() throws IOException {
    try (Fixture large = new Fixture(2_000_000);
        Fixture again = new Fixture(1_000_000)) {
      for (int i = 0; i < 3; i++) {
        // A list of one record, whose length comes first.
        int[] data = new int[65_535];
        Arrays.fill(data, i);
        data[0] = 0xff;
        data[1] = 0xfd;
        assertTrue(large.put("x" + i, records(Rank.AUTHORITATIVE, TXT, data)));
        assertTrue(large.find("x" + i, TXT));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CacheDump.write(large.cache, out, NOW);
      byte[] dump = out.toByteArray();
      assertEquals(3, CacheDump.load(again.cache, () -> new ByteArrayInputStream(dump), NOW));
      for (int i = 0; i < 3; i++) {
        assertTrue(again.find("x" + i, TXT));
        assertEquals(i, again.out.data()[65_534]);
      }
    }
  }

  @Test
  void shouldLoadWhatWasDumped() throws IOException {
    fillSmall();
    assertEquals(5, load(dump(NOW), NOW));
    assertTrue(to.get("www.x", A));
    assertEquals(
        new CacheModel.Value(
            Kind.RECORDS, Rank.AUTHORITATIVE, A, NOW + 60, Bytes.of(new byte[] {0, 4, 1, 2, 3, 4})),
        CacheModel.Value.of(to.out));
    assertTrue(to.get("x", 99));
    assertTrue(to.get("y", EntryType.NXDOMAIN));
    assertTrue(to.get("z", EntryType.DELEGATION));
    assertEquals(Rank.REFERRAL, to.out.rank());
  }

  @Test
  void shouldNeitherDumpNorLoadWhatHasExpired() throws IOException {
    fillSmall();
    assertEquals(4, load(dump(NOW + 9), NOW));
    to.flushTree(".");
    assertEquals(4, load(dump(NOW), NOW + 9));
  }

  @Test
  void shouldLetNothingLiveLongerThanAWeek() throws IOException {
    from.put("x", entry(Kind.RECORDS, Rank.AUTHORITATIVE, A, Long.MAX_VALUE, 0, 4, 1, 2, 3, 4));
    load(dump(NOW), NOW);
    assertTrue(to.get("x", A));
    assertEquals(CacheDump.MAX_TTL_SECONDS, to.out.ttlAt(NOW));
  }

  @Test
  void shouldKeepWhatIsNewer() throws IOException {
    fillSmall();
    to.put("www.x", records(Rank.REFERRAL, A, 0, 4, 9, 9, 9, 9));
    assertEquals(4, load(dump(NOW), NOW));
    to.get("www.x", A);
    assertEquals(Rank.REFERRAL, to.out.rank());
  }

  @Test
  void shouldKeepEntriesInTheirQueue() throws IOException {
    for (int i = 0; i < 2000; i++) {
      from.put("n" + i, records(Rank.AUTHORITATIVE, A, 0, 4, 1, 2, 3, 4));
      from.find("n" + (i - 20), A);
    }
    Cache old = from.cache.shards()[0];
    int oldMain = inMain(old);
    assertTrue(oldMain > 100 && oldMain < old.queues().count());
    load(dump(NOW), NOW);
    // The space at a ring's end differs from cache to cache.
    assertEquals(oldMain, inMain(to.cache.shards()[0]), 5);
  }

  private static int inMain(Cache cache) {
    int[] count = new int[1];
    cache.forEach(
        0, cache.buckets().count(), (n, l, entry, inMain, uses) -> count[0] += inMain ? 1 : 0);
    return count[0];
  }

  @Test
  void shouldRefuseEveryDamagedByte() throws IOException {
    fillSmall();
    byte[] dump = dump(NOW);
    for (int at = 0; at < dump.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] damaged = dump.clone();
        damaged[at] ^= (byte) (1 << bit);
        assertThrows(DamagedDumpException.class, () -> load(damaged, NOW), "byte " + at);
      }
    }
    assertEquals(0, to.cache.stats().motionBytes());
  }

  @Test
  void shouldRefuseEveryTruncationAndAddition() throws IOException {
    fillSmall();
    byte[] dump = dump(NOW);
    for (int length = 0; length < dump.length; length++) {
      byte[] truncated = Arrays.copyOf(dump, length);
      assertThrows(DamagedDumpException.class, () -> load(truncated, NOW), "length " + length);
    }
    assertThrows(DamagedDumpException.class, () -> load(Arrays.copyOf(dump, dump.length + 1), NOW));
    assertEquals(0, to.cache.stats().motionBytes());
  }

  /** What the resolver would never put: a dump with the right checksum may still say it. */
  static List<CacheEntry> strangeEntries() {
    return List.of(
        records(Rank.AUTHORITATIVE, EntryType.NXDOMAIN, 0, 0),
        records(Rank.AUTHORITATIVE, A),
        records(Rank.AUTHORITATIVE, A, 0),
        records(Rank.AUTHORITATIVE, A, 0, 3, 1, 2, 3),
        records(Rank.AUTHORITATIVE, A, 0, 4, 1, 2, 3),
        records(Rank.AUTHORITATIVE, A, 0, 4, 1, 2, 3, 4, 0),
        records(Rank.AUTHORITATIVE, CNAME, 0, 2, 1, 'a'),
        records(Rank.AUTHORITATIVE, CNAME, 0, 4, 1, 'a', 0xc0, 2),
        entry(Kind.FAILURE, Rank.FAILURE, A, NOW + 60, 1),
        entry(Kind.FAILURE, Rank.FAILURE, EntryType.DELEGATION, NOW + 60, 0, 1),
        entry(Kind.NXDOMAIN, Rank.AUTHORITATIVE, A, NOW + 60),
        entry(Kind.NODATA, Rank.AUTHORITATIVE, A, NOW + 60, 0, 0, 0),
        entry(Kind.DELEGATION, Rank.REFERRAL, A, NOW + 60));
  }

  @ParameterizedTest
  @MethodSource("strangeEntries")
  void shouldRefuseEntriesOfTheWrongForm(CacheEntry strange) throws IOException {
    fillSmall();
    assertTrue(from.put("strange", strange));
    byte[] dump = dump(NOW);
    assertThrows(DamagedDumpException.class, () -> load(dump, NOW));
    assertEquals(0, to.cache.stats().motionBytes());
  }

  @Test
  void shouldRefuseNamesThatAreNone() throws IOException {
    CacheEntry entry = entry(Kind.NODATA, Rank.AUTHORITATIVE, A, NOW + 60);
    for (byte[] name :
        new byte[][] {{1, 'A', 0}, {1, 'a'}, {2, 'a', 0}, {0, 0}, {(byte) 0xc0, 0}}) {
      from.flushTree(".");
      assertTrue(from.cache.put(name, name.length, entry, NOW));
      byte[] dump = dump(NOW);
      assertThrows(DamagedDumpException.class, () -> load(dump, NOW), Arrays.toString(name));
      from.cache.flush(name, name.length);
    }
  }

  @Test
  void shouldLeaveNothingIfTheDumpChangesBetweenItsTwoReadings() throws IOException {
    fillSmall();
    byte[] dump = dump(NOW);
    Iterator<InputStream> streams =
        List.<InputStream>of(
                new ByteArrayInputStream(dump),
                new ByteArrayInputStream(Arrays.copyOf(dump, dump.length - 1)))
            .iterator();
    assertThrows(DamagedDumpException.class, () -> CacheDump.load(to.cache, streams::next, NOW));
    assertFalse(to.get("www.x", A));
    assertEquals(0, to.cache.stats().entries());
  }
}
