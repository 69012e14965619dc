package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The -conf programs: what they do that the originals do not, and that nothing is half-made. */
@Timeout(300)
final class ConfIT {
  private static final Path STRACE = Path.of("/usr/bin/strace");

  @TempDir private Path temporary;

  private Path work = Path.of("/nowhere");
  private ConfDirectory directory = new ConfDirectory(work);

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root can give files away");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    work = Files.createDirectory(temporary.resolve("w"));
    directory = new ConfDirectory(work);
    directory.reset();
  }

  @AfterEach
  void removeLinks() throws Exception {
    if (Files.isDirectory(work)) {
      directory.shell("find . -type l -delete");
    }
  }

  private static List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Suite.launcher(program).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private List<String> tinydnsConf() {
    return command("tinydns-conf", "nobody", "daemon", work + "/new", "127.0.0.1");
  }

  private String read(String file) throws Exception {
    return Files.readString(work.resolve(file), ISO_8859_1);
  }

  private void assertMade(List<String> command) throws Exception {
    assertEquals(new Execution(0, "", ""), directory.run(command));
  }

  /** With system calls that fail or kill, as strace(1)'s option -e inject= says. */
  private Execution injected(List<String> injections, List<String> command) throws Exception {
    assumeTrue(Files.isExecutable(STRACE), "Debian package strace is not installed");
    List<String> words =
        new ArrayList<>(List.of(STRACE.toString(), "-f", "-qq", "-o", "/dev/null"));
    injections.forEach(injection -> words.addAll(List.of("-e", "inject=" + injection)));
    words.addAll(command);
    return directory.run(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mkdirat:error=EIO:when=1 ; unable to create @/new",
        "mkdirat:error=EIO:when=3 ; unable to create @/new/log/main",
        "mkdirat:error=EIO:when=5 ; unable to create @/new/root",
        "fchmodat:error=EIO:when=1 ; unable to set mode of @/new",
        "fchmodat:error=EIO:when=4 ; unable to create @/new/log/status",
        "fchownat:error=EIO:when=1 ; unable to create @/new/log/main",
        "fchownat:error=EIO:when=2 ; unable to create @/new/log/status",
        "fsync:error=EIO:when=1 ; unable to create @/new/log/status",
        "fsync:error=EIO:when=5 ; unable to create @/new/run",
        "fsync:error=EIO:when=12 ; unable to create @/new/root/Makefile",
        "fsync:error=EIO:when=13 ; unable to create @/new/notification-fd",
        "fsync:error=EIO:when=14 ; unable to create @/new",
        "renameat2:error=EIO ; unable to create @/new",
      })
  void shouldLeaveNothingWhenACallFails(String injection, String message) throws Exception {
    Set<String> before = directory.paths();
    String error = message.replace("@", work.toString()) + ": input/output error\n";
    assertEquals(
        new Execution(111, "", "tinydns-conf: fatal: " + error),
        injected(List.of(injection), tinydnsConf()));
    assertEquals(before, directory.paths());
  }

  @Test
  void shouldBeThereEvenIfTheDiskCannotBeAwaited() throws Exception {
    Execution execution = injected(List.of("fsync:error=EIO:when=19"), tinydnsConf());
    assertEquals(0, execution.exitCode(), execution::error);
    assertEquals(
        "tinydns-conf: warning: unable to sync " + work + "/: input/output error\n",
        execution.error());
    assertTrue(Files.isExecutable(work.resolve("new/run")));
  }

  @ParameterizedTest
  @CsvSource({"EINVAL", "ENOSYS"})
  void shouldManageWithoutRenamesThatSpareFiles(String reason) throws Exception {
    String lacking = "renameat2:error=" + reason;
    Set<String> before = directory.paths();
    Execution failed = injected(List.of(lacking, "renameat:error=EIO"), tinydnsConf());
    String error = "unable to create " + work + "/new: input/output error\n";
    assertEquals(new Execution(111, "", "tinydns-conf: fatal: " + error), failed);
    assertEquals(before, directory.paths());

    assertEquals(new Execution(0, "", ""), injected(List.of(lacking), tinydnsConf()));
    assertTrue(Files.isExecutable(work.resolve("new/run")));
    assertTrue(directory.paths().stream().noneMatch(path -> path.startsWith(".")));
  }

  @ParameterizedTest
  @CsvSource({"mkdirat, 4", "fsync, 1", "fsync, 17", "renameat2, 1"})
  void shouldLeaveOnlyAHiddenDirectoryWhenKilled(String call, int when) throws Exception {
    Set<String> before = directory.paths();
    Execution killed =
        injected(List.of(call + ":error=EIO:signal=KILL:when=" + when), tinydnsConf());
    assertNotEquals(0, killed.exitCode());
    Set<String> left =
        directory.paths().stream()
            .filter(path -> !before.contains(path))
            .map(path -> path.split("/", 2)[0])
            .collect(Collectors.toSet());
    assertEquals(1, left.size(), left::toString);
    assertTrue(left.iterator().next().startsWith(".djbdns-conf-"), left::toString);
    assertMade(tinydnsConf());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tinydns-conf ; 1.2.3.999 ;",
        "dnscache-conf ; localhost ;",
        "walldns-conf ; '' ;",
        "tinydns-conf ; 1.2.3 ;",
        "pickdns-conf ; 127.0.0.1/x ;",
        "walldns-conf ; 2001:db8::g ;",
        "tinydns-conf ; 192.0.2.1,192.0.2.2; addresses are joined by slashes",
        "dnscache-conf ; 192.0.2.0/24; 192.0.2.0/24 is a network, and not an address to listen on",
      })
  void shouldRefuseBadAddresses(String program, String ip, String hint) throws Exception {
    Set<String> before = directory.paths();
    String wrong = ip.substring(ip.indexOf('/') + 1) + (hint == null ? "" : "; " + hint);
    assertEquals(
        new Execution(111, "", program + ": fatal: unable to parse IP address " + wrong + "\n"),
        directory.run(command(program, "nobody", "daemon", work + "/new", ip)));
    assertEquals(before, directory.paths());
  }

  @Test
  void shouldTakeSeveralAddressesOfBothFamilies() throws Exception {
    String ip = "127.0.0.1/2001:db8::1";
    assertMade(command("walldns-conf", "nobody", "daemon", work + "/new", ip));
    assertEquals(ip + "\n", read("new/env/IP"));
  }

  @Test
  void shouldMakeADnscacheThatKnowsTheRoot() throws Exception {
    assertMade(command("dnscache-conf", "nobody", "daemon", work + "/one"));
    assertMade(command("dnscache-conf", "nobody", "daemon", work + "/other", "127.0.0.2"));
    assumeTrue(!Files.exists(Path.of("/etc/dnsroots.local")), "this machine has its own roots");
    List<String> roots = read("one/root/servers/@").lines().toList();
    assertEquals(26, roots.size());
    assertEquals("198.41.0.4", roots.getFirst());
    assertTrue(roots.subList(13, 26).stream().allMatch(root -> root.contains(":")));
    assertEquals("127.0.0.1\n", read("one/env/IP"));
    assertEquals(128, Files.size(work.resolve("one/seed")));
    assertNotEquals(read("one/seed"), read("other/seed"));
  }

  @Test
  void shouldTakeTheRootsOfThisMachine() throws Exception {
    String script =
        "mkdir etc && cp -a /etc/passwd /etc/group /etc/nsswitch.conf /etc/ld.so.cache etc"
            + " && mount --bind etc /etc && printf '192.0.2.1\\n192.0.2.2\\n' >/etc/dnsroots.local"
            + " && exec \"$@\"";
    List<String> words = new ArrayList<>(List.of("unshare", "-m", "/bin/sh", "-c", script, "sh"));
    words.addAll(command("dnscache-conf", "nobody", "daemon", work + "/new"));
    assumeTrue(
        directory.run(List.of("unshare", "-m", "true")).exitCode() == 0,
        "no mount namespaces here");
    assertMade(words);
    assertEquals("192.0.2.1\n192.0.2.2\n", read("new/root/servers/@"));
  }

  @Test
  void shouldMakeAPickdns() throws Exception {
    assertMade(command("pickdns-conf", "nobody", "daemon", work + "/new", "127.0.0.1"));
    String bin = Suite.launcher("pickdns").getParent().toString();
    assertEquals(
        "#!/bin/sh\nexec 2>&1\nexec envuidgid nobody envdir ./env softlimit -d250000 "
            + bin
            + "/pickdns\n",
        read("new/run"));
    assertEquals("data.cdb: data\n\t" + bin + "/pickdns-data\n", read("new/root/Makefile"));
    assertEquals(work + "/new/root\n", read("new/env/ROOT"));
  }

  @Test
  void shouldSayThatAnAxfrdnsHasNoTinydnsYet() throws Exception {
    assertEquals(
        new Execution(
            0,
            "",
            "axfrdns-conf: warning: there is no %s/t/root: axfrdns does not start without it\n"
                .formatted(work)),
        directory.run(
            command("axfrdns-conf", "nobody", "daemon", work + "/a", work + "/t", "127.0.0.2")));
    assertTrue(Files.exists(work.resolve("a/run")));
  }

  @Test
  void shouldWarnOfArgumentsThatItIgnores() throws Exception {
    Execution execution =
        directory.run(
            command("tinydns-conf", "nobody", "daemon", work + "/new", "127.0.0.1", "::1", "x"));
    String warning =
        "tinydns-conf: warning: ignored: ::1 x; addresses to listen on are joined by slashes\n";
    assertEquals(new Execution(0, "", warning), execution);
    assertEquals("127.0.0.1\n", read("new/env/IP"));
  }

  /** envdir would take the first line only, which names another directory. */
  @Test
  void shouldRefuseADirectoryWithALineFeed() throws Exception {
    assertEquals(
        new Execution(
            111,
            "",
            "walldns-conf: fatal: unable to create " + work + "/a\\012b: line feed in it\n"),
        directory.run(command("walldns-conf", "nobody", "daemon", work + "/a\nb", "127.0.0.1")));
  }

  @Test
  void shouldRefuseABaseWithWhichRbldnsCannotStart() throws Exception {
    for (String base : List.of("l".repeat(64), "list..test", "list.test\nx")) {
      Execution execution =
          directory.run(
              command("rbldns-conf", "nobody", "daemon", work + "/new", "127.0.0.1", base));
      String shown = base.replace("\n", "\\012");
      assertEquals(
          new Execution(111, "", "rbldns-conf: fatal: unable to parse base " + shown + "\n"),
          execution);
      assertFalse(Files.exists(work.resolve("new")));
    }
  }

  @Test
  void shouldAskForARestartOfARunningTinydnsOnTheSameAddress() throws Exception {
    assertMade(command("tinydns-conf", "nobody", "daemon", work + "/t", "127.0.0.1/127.0.0.2"));
    List<String> axfrdns = List.of("nobody", "daemon", work + "/a1", work + "/t", "127.0.0.2");
    assertMade(command("axfrdns-conf", axfrdns.toArray(String[]::new)));
    Files.createDirectory(work.resolve("t/supervise"));
    assertEquals(
        new Execution(
            0,
            "",
            "axfrdns-conf: warning: restart %s/t: it leaves TCP to axfrdns from then on\n"
                .formatted(work)),
        directory.run(
            command("axfrdns-conf", "nobody", "daemon", work + "/a2", work + "/t", "127.0.0.2")));
    assertMade(command("axfrdns-conf", "nobody", "daemon", work + "/a3", work + "/t", "127.0.0.3"));
    Files.writeString(work.resolve("t/env/TCP"), "0\n");
    assertMade(command("axfrdns-conf", "nobody", "daemon", work + "/a4", work + "/t", "127.0.0.2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with space",
        "it's",
        "a$b",
        "a\"b",
        "a`b",
        "a\\b",
        "a;b&c|d",
        "*",
        "(x)#y"
      })
  void shouldNameItsProgramsWhateverTheirDirectoryIsCalled(String name) throws Exception {
    Path suite = Suite.launcher("x").getParent().getParent();
    Files.createSymbolicLink(work.resolve(name), suite);
    String bin = work.resolve(name, "bin").toString();
    assertMade(List.of(bin + "/dnscache-conf", "nobody", "daemon", work + "/cache"));
    assertMade(List.of(bin + "/tinydns-conf", "nobody", "daemon", work + "/zone", "127.0.0.1"));
    directory.shell(
        """
        mkdir stubs
        printf '#!/bin/sh\\nshift\\nexec "$@"\\n' >stubs/envdir
        cp stubs/envdir stubs/envuidgid
        printf '#!/bin/sh\\nfor last; do :; done\\nprintf "%%s\\n" "$last"\\n' >stubs/softlimit
        chmod +x stubs/*
        """);
    String path = "PATH=" + work + "/stubs:$PATH; export PATH; ";
    assertEquals(
        new Execution(0, bin + "/dnscache\n", ""),
        directory.run(List.of("/bin/sh", "-c", path + "cd cache && ./run")));
    assertEquals(
        new Execution(0, bin + "/tinydns\n", ""),
        directory.run(List.of("/bin/sh", "-c", path + "cd zone && ./run")));
    directory.shell("cd zone/root && ./add-ns example.test 192.0.2.1 && make >../made");
    assertTrue(Files.size(work.resolve("zone/root/data.cdb")) > 2048);
    assertEquals(!name.equals("plain"), read("zone/run").contains("\""));
  }

  @Test
  void shouldNameProgramsAsItWasCalled() throws Exception {
    Path bin = Files.createDirectories(work.resolve("prefix/bin"));
    Files.createSymbolicLink(bin.resolve("walldns-conf"), Suite.launcher("walldns-conf"));
    directory.shell("cd sub && ../prefix/./bin/walldns-conf nobody daemon \"$PWD\"/one ::1");
    directory.shell("cd prefix/bin && sh walldns-conf nobody daemon \"$PWD\"/two ::1");
    directory.shell("PATH=prefix/bin:$PATH; walldns-conf nobody daemon \"$PWD\"/three ::1");
    String end = " softlimit -d250000 " + bin + "/walldns\n";
    for (String made : List.of("sub/one", "prefix/bin/two", "three")) {
      assertTrue(read(made + "/run").endsWith(end), read(made + "/run"));
    }
  }

  @Test
  void shouldNameTheProgramsBesideItsJar() throws Exception {
    String java = TinydnsProcess.JAVA_ENVIRONMENT.get("DJBDNS_JAVA");
    String jar = Suite.jar("walldns-conf").toString();
    assertMade(List.of(java, "-jar", jar, "nobody", "daemon", work + "/new", "::1"));
    assertTrue(read("new/run").endsWith(" " + Suite.launcher("walldns") + "\n"), read("new/run"));
  }
}
