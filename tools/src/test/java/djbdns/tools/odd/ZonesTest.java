package djbdns.tools.odd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Header;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZonesTest {
  private static final Zones ZONES =
      new Zones()
          .add(
              "example.",
              "example.",
              """
              @ NS ns
              ns A 192.0.2.53
              www A 192.0.2.1
              a.b A 192.0.2.2
              alias CNAME www
              c CNAME d
              d CNAME c
              short DNAME www.tree
              x.www.tree A 192.0.2.3
              long DNAME %1$s.%1$s.%1$s.
              sub NS ns.sub
              ns.sub A 192.0.2.54
              """
                  .formatted("l".repeat(63)))
          .add("deep.example.", "deep.example.", "@ NS ns.example.\nwww A 192.0.2.4\n");

  /** The response code, and how many records each section has. */
  private static String answer(String name, String type) {
    Question question = new Question(Zones.name(name), RecordType.parse(type).orElseThrow());
    Message response = ZONES.answer(new Message(7, Header.RD, question, Optional.empty()));
    boolean isAuthoritative = (response.flags() & Header.AA) != 0;
    return "%s%s %d %d %d"
        .formatted(
            response.rcode(),
            isAuthoritative ? " aa" : "",
            response.answers().size(),
            response.authority().size(),
            response.additional().size());
  }

  @ParameterizedTest
  @CsvSource({
    "www.example, A, NOERROR aa 1 0 0",
    "www.example, AAAA, NOERROR aa 0 1 0",
    "b.example, A, NOERROR aa 0 1 0",
    "missing.example, A, NXDOMAIN aa 0 1 0",
    "alias.example, A, NOERROR aa 2 0 0",
    "alias.example, CNAME, NOERROR aa 1 0 0",
    "c.example, A, NOERROR aa 2 0 0",
    "x.short.example, A, NOERROR aa 3 0 0",
    "www.sub.example, A, NOERROR 0 1 1",
    "www.deep.example, A, NOERROR aa 1 0 0",
    "www.elsewhere, A, REFUSED 0 0 0",
  })
  void shouldAnswerAsRfc1034Says(String name, String type, String expected) {
    assertEquals(expected, answer(name, type));
  }

  @ParameterizedTest
  @CsvSource({"20, NOERROR aa 2 0 0", "63, YXDOMAIN aa 1 0 0"})
  void shouldSayWhereASubstitutedNameIsTooLong(int labelBytes, String expected) {
    String name = "y".repeat(labelBytes) + ".long.example";
    assertEquals(expected, answer(name, "A"));
  }
}
