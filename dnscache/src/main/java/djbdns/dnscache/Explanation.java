package djbdns.dnscache;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.Asked;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * The origin of an answer, in lines of ASCII for {@link
 * djbdns.wire.message.EdnsOption#EXPLANATION}.
 */
final class Explanation {
  static final byte[] OWN = bytes("dnscache's own answer");
  static final byte[] CACHED = bytes("from the cache");

  private static final String REMEMBERED_FAILURE = "from memory of an earlier failure";
  static final byte[] FAILED_BEFORE = bytes(REMEMBERED_FAILURE);

  /** As many servers as a line names. */
  private static final int MAX_SERVERS = 8;

  private Explanation() {}

  /** A line for each question that was asked, and one where a failure has another reason. */
  static byte[] of(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (Asked question : answer.asked()) {
      lines.add(line(question));
    }
    if (answer.extendedError().equals(OptionalInt.of(ExtendedError.CACHED_ERROR))) {
      lines.add(REMEMBERED_FAILURE);
    } else if (lines.isEmpty() && answer.rcode().equals(Rcode.SERVFAIL)) {
      lines.add("there was no server to ask");
    }
    return lines.isEmpty() ? CACHED : bytes(String.join("\n", lines));
  }

  private static String line(Asked question) {
    String what =
        "of zone %s for %s %s, %d ms"
            .formatted(
                question.zone(),
                new RecordType(question.type()),
                question.name(),
                question.milliseconds());
    return question
        .server()
        .map(server -> "asked " + server + " " + what)
        .orElseGet(
            () -> "asked in vain " + servers(question.inVain()) + " " + what + end(question));
  }

  private static String servers(List<ServerAddress> all) {
    StringJoiner servers = new StringJoiner(" ");
    for (ServerAddress server : all.subList(0, Math.min(MAX_SERVERS, all.size()))) {
      servers.add(server.toString());
    }
    int more = all.size() - MAX_SERVERS;
    return more > 0 ? servers + " and " + more + " more" : servers.toString();
  }

  private static String end(Asked question) {
    return question.heard() ? ": no reply was of use" : ": no reply";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
