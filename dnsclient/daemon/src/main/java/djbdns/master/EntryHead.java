package djbdns.master;

import djbdns.wire.MalformedTextException;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.text.TextScanner;
import djbdns.wire.text.TtlText;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The words between the owner and the data of a record: TTL and class, each perhaps left out, in
 * either order, and the type.
 */
record EntryHead(OptionalLong ttlSeconds, RecordType type) {
  static EntryHead parse(TextScanner words) throws MalformedTextException {
    OptionalLong ttl = OptionalLong.empty();
    boolean hasClass = false;
    String word = next(words);
    while (true) {
      // No type starts with a digit.
      if (ttl.isEmpty() && startsWithDigit(word)) {
        ttl = OptionalLong.of(ttl(word));
      } else if (!hasClass && isClass(word)) {
        hasClass = true;
      } else {
        break;
      }
      word = next(words);
    }
    String typeText = word;
    RecordType type =
        RecordType.parse(typeText)
            .orElseThrow(() -> new MalformedTextException("unknown type: " + typeText));
    return new EntryHead(ttl, type);
  }

  private static String next(TextScanner words) throws MalformedTextException {
    if (!words.hasMore()) {
      throw new MalformedTextException("record has no type");
    }
    return words.next();
  }

  private static boolean startsWithDigit(String word) {
    return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
  }

  private static boolean isClass(String word) throws MalformedTextException {
    Optional<RecordClass> recordClass = RecordClass.parse(word);
    if (recordClass.isPresent() && !recordClass.get().equals(RecordClass.IN)) {
      throw new MalformedTextException("class is not IN: " + word);
    }
    return recordClass.isPresent();
  }

  /** A TTL, 0 to 2<sup>32</sup> - 1, though it has 31 bits (RFC 2181, 8). */
  static long ttl(String text) throws MalformedTextException {
    return TtlText.parse(text).orElseThrow(() -> new MalformedTextException("bad ttl: " + text));
  }
}
