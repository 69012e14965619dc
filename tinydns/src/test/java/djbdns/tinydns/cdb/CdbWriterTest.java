package djbdns.tinydns.cdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CdbWriterTest {
  /** Takes everything and keeps nothing. */
  private static final class NullChannel extends MemoryChannel {
    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      source.position(source.limit());
      return count;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void add(CdbWriter writer, byte[] key, byte[] data) throws IOException {
    writer.add(key, key.length, data, data.length);
  }

  /** The time limit is far above what this takes, and far below the square of the number. */
  @Test
  @Timeout(60)
  void shouldTakeAMillionRecordsOfOneName() throws IOException {
    CdbWriter writer = new CdbWriter(new NullChannel());
    for (int i = 0; i < 1_000_000; i++) {
      add(writer, bytes("name"), bytes(""));
      add(writer, bytes("n" + i % 1000), bytes(""));
    }
    writer.finish();
  }

  @Property(tries = 500)
  void shouldFindEveryRecordOfFewNames(
      @ForAll @Size(max = 300) List<@ByteRange(max = 5) Byte> names) throws IOException {
    MemoryChannel channel = new MemoryChannel();
    CdbWriter writer = new CdbWriter(channel);
    Map<String, List<String>> added = new HashMap<>();
    HexFormat hex = HexFormat.of();
    for (int i = 0; i < names.size(); i++) {
      byte[] key = {names.get(i)};
      byte[] data = bytes("" + i);
      add(writer, key, data);
      added.computeIfAbsent(hex.formatHex(key), _ -> new ArrayList<>()).add(hex.formatHex(data));
    }
    writer.finish();
    CdbImage image = new CdbImage(channel.bytes());
    added.forEach((key, data) -> assertEquals(data, image.find(key)));
  }

  @Property(tries = 500)
  void shouldFindEveryRecordAgain(@ForAll @Size(max = 60) List<@Size(max = 6) byte[]> parts)
      throws IOException {
    MemoryChannel channel = new MemoryChannel();
    CdbWriter writer = new CdbWriter(channel);
    List<CdbImage.Entry> added = new ArrayList<>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      add(writer, parts.get(i), parts.get(i + 1));
      HexFormat hex = HexFormat.of();
      added.add(new CdbImage.Entry(hex.formatHex(parts.get(i)), hex.formatHex(parts.get(i + 1))));
    }
    writer.finish();

    CdbImage image = new CdbImage(channel.bytes());
    assertEquals(added, image.entries());
    for (CdbImage.Entry entry : added) {
      List<String> expected =
          added.stream()
              .filter(e -> e.key().equals(entry.key()))
              .map(CdbImage.Entry::data)
              .toList();
      assertEquals(expected, image.find(entry.key()));
    }
  }

  @Test
  void shouldWriteAnEmptyDatabase() throws IOException {
    MemoryChannel channel = new MemoryChannel();
    new CdbWriter(channel).finish();

    ByteBuffer expected = ByteBuffer.allocate(2048);
    for (int table = 0; table < 256; table++) {
      expected.put(8 * table + 1, (byte) 8);
    }
    assertArrayEquals(expected.array(), channel.bytes());
  }

  @Test
  void shouldWriteOneRecordToTheByte() throws IOException {
    MemoryChannel channel = new MemoryChannel();
    CdbWriter writer = new CdbWriter(channel);
    add(writer, bytes("one"), bytes("Hello"));
    writer.finish();

    // The hash of "one": ((5381 * 33 ^ 'o') * 33 ^ 'n') * 33 ^ 'e' = 0x0b875b81, so table 0x81 and
    // of
    // its two slots number 0x0b875b % 2 = 1.
    byte[] image = channel.bytes();
    HexFormat hex = HexFormat.of();
    assertEquals(2048 + 8 + 3 + 5 + 2 * 8, image.length);
    assertEquals("0300000005000000" + "6f6e65" + "48656c6c6f", hex.formatHex(image, 2048, 2064));
    assertEquals("1008000002000000", hex.formatHex(image, 8 * 0x81, 8 * 0x81 + 8));
    assertEquals("0000000000000000815b870b00080000", hex.formatHex(image, 2064, 2080));
  }

  @Test
  void shouldWriteRecordsBiggerThanItsBuffer() throws IOException {
    byte[] big = new byte[1 << 20];
    big[big.length - 1] = 1;
    MemoryChannel channel = new MemoryChannel();
    CdbWriter writer = new CdbWriter(channel);
    add(writer, bytes("a"), big);
    add(writer, big, bytes("b"));
    writer.finish();

    CdbImage image = new CdbImage(channel.bytes());
    assertEquals(List.of(HexFormat.of().formatHex(big)), image.find("61"));
    assertEquals(List.of("62"), image.find(HexFormat.of().formatHex(big)));
  }

  @Test
  void shouldReportAFullDisk() throws IOException {
    CdbWriter writer = new CdbWriter(new MemoryChannel(4000));
    add(writer, bytes("a"), new byte[3000]);
    assertThrows(IOException.class, writer::finish);
  }

  @Test
  void shouldRefuseToPassFourGibibytes() throws IOException {
    byte[] data = new byte[1 << 27];
    CdbWriter writer = new CdbWriter(new NullChannel());
    for (int i = 0; i < 31; i++) {
      add(writer, bytes("a"), data);
    }
    assertThrows(CdbTooBigException.class, () -> add(writer, bytes("a"), data));
  }
}
