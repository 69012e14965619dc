package djbdns.dnscache;

import djbdns.dnscache.resolve.Asked;
import djbdns.wire.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where an answer comes from, in lines of ASCII for {@link djbdns.wire.EdnsOption#EXPLANATION}. */
final class Explanation {
  static final byte[] OWN = bytes("dnscache's own answer");
  static final byte[] CACHED = bytes("from the cache");

  private Explanation() {}

  /** A line for each question that was asked. */
  static byte[] of(List<Asked> asked) {
    if (asked.isEmpty()) {
      return CACHED;
    }
    StringBuilder text = new StringBuilder();
    for (Asked question : asked) {
      text.append(text.isEmpty() ? "" : "\n").append(line(question));
    }
    return bytes(text.toString());
  }

  private static String line(Asked question) {
    return "asked %s of zone %s for %s %s, %d ms"
        .formatted(
            question.server().map(Object::toString).orElse("in vain the servers"),
            question.zone(),
            new RecordType(question.type()),
            question.name(),
            question.milliseconds());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
