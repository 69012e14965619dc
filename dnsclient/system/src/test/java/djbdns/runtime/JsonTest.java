package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void shouldKeepMembersInTheirOrder() {
    Json.Builder object =
        Json.object()
            .text("name", "a")
            .number("size", -1)
            .flag("up", true)
            .array("parts", List.of(Json.object(), Json.object().text("b", "")));
    assertEquals(
        "{\"name\":\"a\",\"size\":-1,\"up\":true,\"parts\":[{},{\"b\":\"\"}]}", object.toString());
  }

  @Test
  void shouldEscapeWhatJsonWantsEscaped() {
    assertEquals(
        "{\"\\\"\":\"\\\\ \\u000a \\u001f \u00e9 /\"}",
        Json.object().text("\"", "\\ \n \u001f \u00e9 /").toString());
  }

  @Test
  void shouldEscapeEveryByteThatIsNoVisibleAscii() {
    assertEquals(
        "{\"a\":\"~\\u007f\\u0080\\u00ff\",\"b\":[\"\\u00e9\",\"\"],\"c\":[[],[\"\\\"\"]]}",
        Json.object()
            .bytes("a", "~\u007f\u0080\u00ff")
            .byteStrings("b", List.of("\u00e9", ""))
            .byteStringLists("c", List.of(List.of(), List.of("\"")))
            .toString());
  }

  @Test
  void shouldEscapeCharactersThatAreNoBytes() {
    assertEquals("{\"a\":\"\\u20ac\\ufffd\"}", Json.object().bytes("a", "\u20ac\ufffd").toString());
  }

  @Test
  void shouldNestObjects() {
    assertEquals(
        "{\"a\":{\"b\":1}}", Json.object().object("a", Json.object().number("b", 1)).toString());
  }
}
