package djbdns.tinydns.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.runtime.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same questions to tcprulescheck of ucspi-tcp 0.88 and to ours. */
class TcprulescheckDifferentialTest {
  private static final int QUESTIONS = Integer.getInteger("tcprulescheck.questions", 600);
  private static final String[] IPS = {
    "1.2.3.4",
    "1.2.3.5",
    "1.2.9.9",
    "1.9.9.9",
    "9.9.9.9",
    "10.1.2.3",
    "",
    "x.y.z",
    "1.2.",
    "a.b",
    "0.0.0.0",
    "1.2.3.4.5",
    "01.2.3.4"
  };
  private static final String[] HOSTS = {
    "a", "a.b", "x.a.b", "", ".", "a.", ".b", "deep.x.a.b", "c", "b"
  };
  private static final String[] INFOS = {"", "joe", "ann"};
  private static final String RULES =
      """
      1.2.3.4:allow,A="1",B="2",A="3"
      1.2.3.:deny
      1.2.:allow,NET="2",E=""
      1.:deny,NET="3"
      10.0-1.:allow,RANGE="yes"
      x.:allow,X="x."
      x.y.:allow,X="x.y."
      =a:allow,HOST="a"
      =.b:allow,SUFFIX=".b"
      =.a.b:deny
      =:allow,NAMED="1"
      joe@1.2.3.4:deny
      joe@=a.b:allow,JOE="a.b"
      ann@9.9.9.9:allow,ANN="9"
      joe@:allow,NOWHERE="1"
      1.2.3.4:deny
      """;

  @TempDir private Path directory;

  @BeforeAll
  static void originalIsInstalled() {
    Ucspi.assumeInstalled("tcprulescheck");
  }

  @BeforeEach
  void compile() throws IOException, InterruptedException {
    compile("cdb", RULES);
    compile("all", RULES + ":deny,LAST=\"1\"\n");
  }

  private void compile(String file, String rules) throws IOException, InterruptedException {
    Ucspi.run(
        directory,
        Ucspi.original("tcprules", file, "tmp"),
        Map.of(),
        rules.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String ours(String file, Map<String, String> environment) {
    List<String> entries =
        environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    String[] arguments = {directory.resolve(file).toString()};
    return Tcprulescheck.output(new Program("tcprulescheck"), arguments, entries);
  }

  @Test
  void shouldFindTheSameRules() throws IOException, InterruptedException {
    Random random = new Random(1);
    for (int i = 0; i < QUESTIONS; i++) {
      Map<String, String> environment = new LinkedHashMap<>();
      put(environment, "TCPREMOTEIP", IPS, random);
      put(environment, "TCPREMOTEHOST", HOSTS, random);
      put(environment, "TCPREMOTEINFO", INFOS, random);
      String file = random.nextBoolean() ? "cdb" : "all";
      Ucspi.Outcome theirs =
          Ucspi.run(directory, Ucspi.original("tcprulescheck", file), environment, new byte[0]);
      assertEquals(theirs.stdout(), ours(file, environment), file + " " + environment);
      assertEquals(0, theirs.exitCode());
    }
  }

  private static void put(
      Map<String, String> environment, String name, String[] values, Random random) {
    if (random.nextInt(4) > 0) {
      environment.put(name, values[random.nextInt(values.length)]);
    }
  }

  @Test
  void shouldBehaveAlikeAsAProcess() throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("TCPREMOTEIP", "1.2.3.4");
    List<List<String>> commandLines =
        List.of(List.of(), List.of("cdb"), List.of("cdb", "more"), List.of("missing"));
    for (List<String> line : commandLines) {
      String[] arguments = line.toArray(String[]::new);
      assertEquals(
          Ucspi.run(
              directory, Ucspi.original("tcprulescheck", arguments), environment, new byte[0]),
          Ucspi.run(
              directory, Ucspi.ours(Tcprulescheck.class, arguments), environment, new byte[0]),
          line.toString());
    }
  }
}
