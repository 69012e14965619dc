package djbdns.dnscache.cache;

import static djbdns.dnscache.cache.Fixture.A;
import static djbdns.dnscache.cache.Fixture.CNAME;
import static djbdns.dnscache.cache.Fixture.MX;
import static djbdns.dnscache.cache.Fixture.NOW;
import static djbdns.dnscache.cache.Fixture.entry;
import static djbdns.dnscache.cache.Fixture.records;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardedCacheTest {
  private final Fixture at = new Fixture(4_000_000);

  @AfterEach
  void close() {
    at.close();
  }

  private static CacheEntry denial(Rank rank) {
    return entry(Kind.NXDOMAIN, rank, EntryType.NXDOMAIN, NOW + 60);
  }

  @Test
  void shouldFindWhatWasPut() {
    assertTrue(at.put("www.example", records(Rank.AUTHORITATIVE, A, 0, 4, 1, 2, 3, 4)));
    assertTrue(at.find("www.example", A));
    assertEquals(Kind.RECORDS, at.out.kind());
    assertEquals(Rank.AUTHORITATIVE, at.out.rank());
    assertEquals(A, at.out.type());
    assertEquals(60, at.out.ttlAt(NOW));
    assertArrayEquals(new byte[] {0, 4, 1, 2, 3, 4}, at.out.copyOfData());
    assertFalse(at.find("www.example", MX));
    assertFalse(at.find("ww.example", A));
  }

  @Test
  void shouldForgetInTheSecondOfExpiry() {
    at.put("www.example", entry(Kind.RECORDS, Rank.AUTHORITATIVE, A, NOW + 5, 0, 0));
    assertTrue(at.find("www.example", A, NOW + 4));
    assertFalse(at.find("www.example", A, NOW + 5));
    assertFalse(at.put("b.example", entry(Kind.RECORDS, Rank.AUTHORITATIVE, A, NOW, 0, 0)));
  }

  @Test
  void shouldPreferTheTypeToTheAliasAndTheAliasToTheDenial() {
    at.put("x", records(Rank.AUTHORITATIVE, A));
    at.put("x", records(Rank.AUTHORITATIVE, CNAME));
    at.put("x", denial(Rank.AUTHORITATIVE));
    assertTrue(at.find("x", A));
    assertEquals(A, at.out.type());
    assertTrue(at.find("x", MX));
    assertEquals(CNAME, at.out.type());
    at.flush("x");
    at.put("x", denial(Rank.AUTHORITATIVE));
    assertTrue(at.find("x", MX));
    assertEquals(EntryType.NXDOMAIN, at.out.type());
  }

  @Test
  void shouldNotBeFooledByExpiredEntries() {
    at.put("x", denial(Rank.FAILURE));
    at.put("x", entry(Kind.RECORDS, Rank.REFERRAL, A, NOW + 1));
    at.put("x", denial(Rank.AUTHORITATIVE));
    at.put("x", entry(Kind.FAILURE, Rank.FAILURE, CNAME, NOW + 60, 0, 0));
    assertTrue(at.find("x", A, NOW + 1));
    assertEquals(EntryType.NXDOMAIN, at.out.type());
    at.flush("x");
    at.put("x", records(Rank.AUTHORITATIVE, CNAME));
    at.put("x", entry(Kind.NODATA, Rank.AUTHORITATIVE, A, NOW + 1));
    assertTrue(at.find("x", A, NOW + 1));
    assertEquals(CNAME, at.out.type());
  }

  @Test
  void shouldFollowOnlyAliasesWithRecords() {
    at.put("x", entry(Kind.NODATA, Rank.AUTHORITATIVE, CNAME, NOW + 60));
    assertFalse(at.find("x", A));
    assertTrue(at.find("x", CNAME));
  }

  @ParameterizedTest
  @EnumSource(Rank.class)
  void shouldReplaceLiveDataOfNoHigherRank(Rank newer) {
    for (Rank older : Rank.values()) {
      at.flush("x");
      assertTrue(at.put("x", records(older, A, 0, 0)));
      assertEquals(newer.compareTo(older) >= 0, at.put("x", records(newer, A, 0, 1, 7)));
      assertTrue(at.get("x", A));
      assertEquals(newer.compareTo(older) >= 0 ? newer : older, at.out.rank());
    }
  }

  @Test
  void shouldReplaceExpiredDataOfAnyRank() {
    at.put("x", entry(Kind.RECORDS, Rank.AUTHORITATIVE, A, NOW + 1, 0, 0));
    byte[] wire = Fixture.wire("x");
    CacheEntry failure = entry(Kind.FAILURE, Rank.FAILURE, A, NOW + 60, 0, 0);
    assertTrue(at.cache.put(wire, wire.length, failure, NOW + 1));
    assertTrue(at.find("x", A, NOW + 1));
    assertEquals(Kind.FAILURE, at.out.kind());
  }

  @Test
  void shouldNotLetAFailureReplaceAnythingLive() {
    at.put("x", records(Rank.REFERRAL, A));
    assertFalse(at.put("x", entry(Kind.FAILURE, Rank.AUTHORITATIVE, A, NOW + 60, 0, 0)));
    assertTrue(at.put("y", entry(Kind.FAILURE, Rank.AUTHORITATIVE, A, NOW + 60, 0, 0)));
    assertTrue(at.put("y", records(Rank.REFERRAL, A)));
  }

  @Test
  void shouldKeepPositiveEntriesBesideALaterDenial() {
    at.put("x", records(Rank.AUTHORITATIVE, A));
    at.put("x", denial(Rank.AUTHORITATIVE));
    assertTrue(at.find("x", A));
    assertEquals(Kind.RECORDS, at.out.kind());
  }

  @Test
  void shouldForgetADenialThatNewerDataContradict() {
    at.put("x", denial(Rank.AUTHORITATIVE));
    at.put("x", records(Rank.NON_AUTHORITATIVE, A));
    assertTrue(at.find("x", MX), "data of lower rank contradict nothing");
    at.put("x", records(Rank.AUTHORITATIVE, A));
    assertFalse(at.find("x", MX));
    at.put("x", denial(Rank.AUTHORITATIVE));
    at.put("x", entry(Kind.DELEGATION, Rank.AUTHORITATIVE, EntryType.DELEGATION, NOW + 60));
    assertTrue(at.find("x", MX));
  }

  @Test
  void shouldFlushANameAndATree() {
    for (String name : new String[] {"b.a", "a", "c.b.a", "xa", "a.b", "xb.a", "."}) {
      at.put(name, records(Rank.AUTHORITATIVE, A));
      at.put(name, records(Rank.AUTHORITATIVE, MX));
    }
    assertEquals(2, at.flush("b.a"));
    assertFalse(at.find("b.a", A));
    assertTrue(at.find("c.b.a", A));
    assertEquals(2, at.flushTree("b.a"));
    assertEquals(4, at.flushTree("a"));
    assertTrue(at.find("xa", A) && at.find("a.b", MX) && at.find(".", A));
    assertEquals(6, at.flushTree("."));
    assertEquals(0, at.cache.stats().entries());
  }

  @Test
  void shouldCountWhatItDoes() {
    at.put("x", records(Rank.AUTHORITATIVE, A, 0, 0));
    at.find("x", A);
    at.find("y", A);
    int size = 16 + 3 + 2;
    assertEquals(new CacheStats(1, size, 4_000_000, 1, 1, 0, size), at.cache.stats());
    at.put("x", records(Rank.AUTHORITATIVE, A, 0, 0));
    assertEquals(2L * size, at.cache.motionBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 100, 101, 500, 1000})
  void shouldKeepNothingRatherThanFailWhenTiny(int bytes) {
    try (Fixture tiny = new Fixture(bytes)) {
      assertFalse(tiny.put("www.example", records(Rank.AUTHORITATIVE, A, new int[100])));
      assertFalse(tiny.find("www.example", A));
      assertEquals(0, tiny.flushTree("."));
    }
  }

  @Test
  void shouldClampTheSizeAs105Does() {
    assertEquals(100, ShardedCache.clamp(Long.MIN_VALUE));
    assertEquals(1_000_000, ShardedCache.clamp(1_000_000));
    assertEquals(1_000_000_000, ShardedCache.clamp(Long.MAX_VALUE));
  }

  /** In any place of a ring, so that it wraps around in every way. */
  @ParameterizedTest
  @CsvSource({
    "1000000, 65535", "1000000, 34000", "1000000, 25000", "1000001, 65535", "1999999, 65535",
    "2000000, 65535", "3999999, 65535", "4000000, 47000", "16000000, 65535", "50000000, 65535"
  })
  void shouldKeepEntriesOfAnySize(int cacheBytes, int bytes) {
    try (Fixture large = new Fixture(cacheBytes)) {
      for (int i = 0; i < 60; i++) {
        int length = bytes - (i * 37 % 500);
        assertTrue(large.put("x" + i, records(Rank.AUTHORITATIVE, A, new int[length])));
        assertTrue(large.find("x" + i, A));
        assertEquals(length, large.out.dataLength());
        large.put("y" + i, records(Rank.AUTHORITATIVE, A, new int[i * 211 % 7000]));
        CacheInvariants.check(large.cache);
      }
    }
  }

  @Test
  void shouldKeepTimesThatDoNotCome() {
    at.put("x", entry(Kind.RECORDS, Rank.AUTHORITATIVE, A, Long.MAX_VALUE));
    assertTrue(at.find("x", A, 4_000_000_000L));
  }

  @Test
  void shouldRefuseImpossibleArguments() {
    CacheEntry entry = records(Rank.AUTHORITATIVE, A);
    assertThrows(
        IllegalArgumentException.class, () -> at.cache.put(new byte[256], 256, entry, NOW));
    assertThrows(IllegalArgumentException.class, () -> at.cache.put(new byte[1], 0, entry, NOW));
    assertThrows(
        IllegalArgumentException.class, () -> records(Rank.AUTHORITATIVE, EntryType.LAST + 1));
  }
}
