package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Strings as libc takes them, from strings with a character for each byte. */
final class NativeText {
  private NativeText() {}

  static MemorySegment of(Arena arena, String text) {
    return arena.allocateFrom(text, StandardCharsets.ISO_8859_1);
  }

  /** An array of strings that ends with a null pointer. */
  static MemorySegment arrayOf(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, of(arena, texts.get(i)));
    }
    return array;
  }
}
