package djbdns.tools.daemontools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What svstat --json prints is JSON, whatever the names. */
final class JsonIT extends SandboxedTest {
  @BeforeEach
  void assumeOurs() {
    Subject.assumeOurs();
  }

  private Map<String, Object> svstat() throws Exception {
    String line = sandbox().run(Subject.OURS, "svstat", "--json", "sv").output();
    assertTrue(line.endsWith("}\n"), line);
    return JsonReader.object(line.strip());
  }

  @Test
  void shouldTellEverythingOfAService() throws Exception {
    Service service =
        sandbox()
            .service("sv")
            .with("notification-fd", "3")
            .script("run", "[ -e again ] && { echo >&3; exec sleep 1000; }; >again; exit 4\n");
    sandbox().start(Subject.OURS, "supervise", "sv");
    Await.until("readiness", () -> service.pid().isPresent() && svstat().get("ready").equals(true));

    Map<String, Object> all = svstat();
    assertEquals("sv", all.get("directory"));
    assertEquals(true, all.get("up"));
    assertEquals((long) service.awaitUp(), all.get("pid"));
    assertEquals(true, all.get("normallyUp"));
    assertEquals(false, all.get("paused"));
    assertEquals("up", all.get("want"));
    assertEquals("up", all.get("phase"));
    assertTrue((Long) all.get("seconds") >= 0);
    assertTrue((Long) all.get("readySeconds") >= 0);
    assertEquals(1, ((List<?>) all.get("endings")).size());
    assertEquals(4L, ((Map<?, ?>) ((List<?>) all.get("endings")).getFirst()).get("code"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "with space ; with space",
        "\"quoted\" ; \"quoted\"",
        "back\\\\slash ; back\\slash",
        "\\303\\274 ; \u00fc",
        "\\342\\202\\254 ; \u20ac",
        "\\377 ; \u00ff",
        "bell\\007s ; bell\u0007s",
      })
  void shouldBeUtf8WhateverTheNameIs(String printed, String expected) throws Exception {
    String command = "name=$(printf '" + printed + "'); exec \"$0\" --json \"$name\" >json";
    String svstat = Subject.OURS.command("svstat").toString();
    assertEquals(0, sandbox().run(List.of("sh", "-c", command, svstat)).exitCode());
    byte[] bytes = Files.readAllBytes(sandbox().directory().resolve("json"));
    String json = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    Map<String, Object> object = JsonReader.object(json.strip());
    assertEquals(expected, object.get("directory"), () -> new String(bytes, ISO_8859_1));
    assertEquals("unable to chdir: file does not exist", object.get("error"));
  }
}
