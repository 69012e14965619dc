package djbdns.tinydns;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import djbdns.posix.FileSystem;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same edits by tinydns-edit 1.05 and by ours, on the same files. */
class TinydnsEditTest {
  private static final String[] KINDS = {"ns", "childns", "host", "alias", "mx"};
  private static final String[] DOMAINS = {
    "a",
    "A.",
    "b.example",
    ".",
    "*.w",
    "\\052.w",
    "x\\.y",
    "u_n-d",
    "\\",
    "l".repeat(64),
    "%s.%s.%s.%s".formatted("l".repeat(63), "l".repeat(63), "l".repeat(63), "l".repeat(60))
  };
  private static final String[] ADDRESSES = {"1.2.3.4", "1.2.3.5", "0.0.0.0", "255.255.255.255"};

  /** What an edit left behind. */
  private record Result(int exitCode, String message, String data) {}

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void chooseData() {
    data = directory.resolve("data");
  }

  private String content() throws IOException {
    return Files.isRegularFile(data) ? Files.readString(data, StandardCharsets.ISO_8859_1) : "-";
  }

  private void put(String content) throws IOException {
    Files.writeString(data, content, StandardCharsets.ISO_8859_1);
  }

  private Result editByOriginal(String... arguments) throws IOException, InterruptedException {
    Original.Outcome outcome = Original.run(directory, "tinydns-edit", arguments);
    return new Result(outcome.exitCode(), outcome.fatalLine(), content());
  }

  private Result edit(String... arguments) throws IOException {
    try {
      TinydnsEdit.run(new Program("tinydns-edit"), arguments);
      return new Result(0, "", content());
    } catch (Fatal e) {
      return new Result(e.exitCode(), e.getMessage(), content());
    }
  }

  /** With the usage line of 1.05, which does not know IPv6. */
  private Result editAsOriginal(String... arguments) throws IOException {
    Result result = edit(arguments);
    String message =
        result
            .message()
            .replace("host6|", "")
            .replace("alias6|", "")
            .replace("domain ip", "domain a.b.c.d");
    return new Result(result.exitCode(), message, result.data());
  }

  private String[] add(String kind, String domain, String address) {
    String copy = directory.resolve("data.new").toString();
    return new String[] {data.toString(), copy, "add", kind, domain, address};
  }

  /** Runs both on the same file and leaves it as ours did. */
  private void shouldEditAlike(String... arguments) throws IOException, InterruptedException {
    Original.assumeInstalled("tinydns-edit");
    String before = content();
    Result theirs = editByOriginal(arguments);
    if (!before.equals("-")) {
      put(before);
    }
    Result ours = editAsOriginal(arguments);
    String what = String.join(" ", arguments) + "\n" + before;
    assertEquals(theirs, ours, what);
  }

  @Test
  void shouldAddTheSameRecordsToAFileThatGrows() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    put("");
    for (int i = 0; i < 300; i++) {
      shouldEditAlike(add(pick(random, KINDS), pick(random, DOMAINS), pick(random, ADDRESSES)));
    }
  }

  private static String pick(SplittableRandom random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  @Test
  void shouldAddTheSameRecordsToOddFiles() throws IOException, InterruptedException {
    String badLabel = "l".repeat(64);
    List<String> files =
        List.of(
            "no newline",
            "# comment\n\n \t\n=a:1.2.3.4",
            ".a::a:x\n.a::c:17:\n&a::a:18\n",
            ".A::a.ns.a:1 \n.a.::b.NS.a:2\t\n.a::z.z:3\n",
            ".a:::18446744073709551617\n",
            "@a::a:5:6\n@a::b.mx.a::7x\n@b.example::c:5:99\n",
            "=b:1.2.3.4\n",
            "=b:257.2.3.4junk\n",
            "=A:\n",
            "-=a:1.2.3.4\n",
            "#=a:1.2.3.4\n",
            "=" + badLabel + ":1.2.3.4\n",
            "." + badLabel + "::a\n",
            ".b.example::" + badLabel + "\n",
            ".a::" + badLabel + "\n",
            "@a::" + badLabel + "\r\n",
            "\u0000\u00ff\n=\u0000:1.2.3.4\n.a:\u0000:\u0000:\u0000\n",
            "=x:y:z:1:2:3:4:5:6:7:8:9\n");
    for (String file : files) {
      for (String kind : KINDS) {
        put(file);
        shouldEditAlike(add(kind, "a", "1.2.3.4"));
      }
    }
  }

  @Test
  void shouldRefuseTheSameCommandLines() throws IOException, InterruptedException {
    put("=a:1.2.3.4\n");
    String[] good = add("host", "b", "1.2.3.5");
    for (int length = 0; length < good.length; length++) {
      shouldEditAlike(List.of(good).subList(0, length).toArray(new String[0]));
    }
    String[] noAdd = good.clone();
    noAdd[2] = "remove";
    shouldEditAlike(noAdd);
    shouldEditAlike(add("cname", "b", "1.2.3.4"));
    String[] more =
        List.of(good[0], good[1], "add", "host", "b", "1.2.3.5", "more").toArray(new String[0]);
    shouldEditAlike(more);
  }

  @Test
  void shouldFailAlikeOnFilesThatCannotBeUsed() throws IOException, InterruptedException {
    shouldEditAlike(add("host", "a", "1.2.3.4"));

    put("");
    String[] nowhere = add("host", "a", "1.2.3.4");
    nowhere[1] = directory.resolve("missing/data.new").toString();
    shouldEditAlike(nowhere);

    String[] tree = add("host", "a", "1.2.3.4");
    tree[0] = Files.createDirectory(directory.resolve("directory")).toString();
    shouldEditAlike(tree);
    Files.createDirectory(directory.resolve("data.new"));
    shouldEditAlike(add("host", "a", "1.2.3.4"));
  }

  /** As root, 1.05 gives it the mode of the file. */
  @Test
  void shouldLeaveASpecialFileAlone() throws IOException {
    put("");
    Path device = directory.resolve("fifo");
    new FileSystem().makeFifo(FileSystem.CURRENT, device.toString(), 0600);
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(device);
    String[] edit = add("host", "a", "1.2.3.4");
    edit[1] = device.toString();
    assertEquals(
        new Result(
            100,
            "tinydns-edit: fatal: tinydns-edit: fatal: unable to write "
                + device
                + ": not a regular file",
            ""),
        edit(edit));
    assertEquals(mode, Files.getPosixFilePermissions(device));
  }

  @Test
  void shouldAddIpv6Addresses() throws IOException {
    put("=a:1.2.3.4\n");
    String line = "=a:2001_db8__1:86400\n";
    assertEquals(new Result(0, "", "=a:1.2.3.4\n" + line), edit(add("host", "a", "2001:db8::1")));
    assertEquals(
        new Result(100, "tinydns-edit: fatal: IP address already used", "=a:1.2.3.4\n" + line),
        edit(add("host", "b", "2001:db8:0::1")));
    assertEquals(100, edit(add("host", "b", "2001:db8::1::")).exitCode());
  }

  @Test
  void shouldAddTheLinesOfThePatchForIpv6() throws IOException {
    put("");
    assertEquals(0, edit(add("host6", "a", "2001:db8::1")).exitCode());
    assertEquals(0, edit(add("alias6", "b", "2001_db8__1")).exitCode());
    assertEquals(
        new Result(
            100,
            "tinydns-edit: fatal: unable to parse IPv6 address 192.0.2.1",
            """
            6a:20010db8000000000000000000000001:86400
            3b:20010db8000000000000000000000001:86400
            """),
        edit(add("host6", "c", "192.0.2.1")));
  }

  @Test
  void shouldRefuseWhatIsNoAddress() throws IOException {
    put("=a:1.2.3.4\n");
    for (String kind : KINDS) {
      for (String address : List.of("192.0.2.300", "192.0.2.1x", "256.1.1.1", "1.2.3", "")) {
        assertEquals(
            new Result(
                100, "tinydns-edit: fatal: unable to parse IP address " + address, "=a:1.2.3.4\n"),
            edit(add(kind, "b", address)));
      }
    }
  }

  @Test
  void shouldRefuseNamesWithEmptyLabels() throws IOException {
    put("");
    assertEquals(
        new Result(100, "tinydns-edit: fatal: unable to parse example..test: empty label", ""),
        edit(add("alias", "example..test", "192.0.2.1")));
  }

  @Test
  void shouldKeepTheModeOfTheFileWithinReason() throws IOException {
    put("");
    Files.setPosixFilePermissions(data, fromString("rwxrwx-w-"));
    assertEquals(0, edit(add("host", "a", "1.2.3.4")).exitCode());
    assertEquals(fromString("rw-r-----"), Files.getPosixFilePermissions(data));
  }

  @Test
  void shouldLeaveNothingBehindWhenItRefuses() throws IOException {
    put("=a:1.2.3.4\n");
    assertEquals(
        new Result(100, "tinydns-edit: fatal: host name already used", "=a:1.2.3.4\n"),
        edit(add("host", "a", "1.2.3.5")));
    assertFalse(Files.exists(directory.resolve("data.new")));
  }

  @Test
  void shouldNotEmptyADataFileNamedTwice() throws IOException {
    put("=a:1.2.3.4\n");
    String[] twice = add("host", "b", "1.2.3.5");
    twice[1] = twice[0];
    Result result = edit(twice);
    assertEquals(100, result.exitCode());
    assertEquals("=a:1.2.3.4\n", result.data());
  }

  @Test
  void shouldBehaveAlikeAsAProcess() throws IOException, InterruptedException {
    Original.assumeInstalled("tinydns-edit");
    put("");
    String[] arguments = add("mx", "b\\052.a", "1.2.3.4");
    Original.Outcome theirs = Original.run(directory, "tinydns-edit", arguments);
    String theirContent = content();
    put("");
    assertEquals(theirs, Original.runOurs(directory, TinydnsEdit.class, arguments));
    assertEquals(theirContent, content());
  }
}
