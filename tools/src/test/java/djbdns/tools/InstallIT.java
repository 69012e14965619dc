package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that installs and removes the suite, out of the tarball and out of a checkout. */
@Timeout(300)
final class InstallIT {
  private static final Path CHECKOUT =
      Suite.launcher("tinydns").resolve("../../../../..").normalize();

  @TempDir private Path temporary;

  private Path unpacked;
  private Path prefix;

  @BeforeEach
  void unpack() throws Exception {
    unpacked = Packages.unpackTarball(Files.createDirectory(temporary.resolve("un packed")));
    prefix = temporary.resolve("the prefix");
  }

  private Execution install(String... arguments) throws Exception {
    return install(Map.of(), "022", arguments);
  }

  private Execution install(Map<String, String> environment, String mask, String... arguments)
      throws Exception {
    String[] shell = {
      "/bin/sh",
      "-c",
      "umask " + mask + "; exec \"$0\" \"$@\"",
      unpacked.resolve("install").toString()
    };
    // AotIT is about the caches, which take a while to make.
    boolean plain = Stream.of(arguments).noneMatch(word -> word.startsWith("-"));
    String[] option = plain ? new String[] {"--no-aot", "--no-service"} : new String[0];
    String[] command =
        Stream.of(shell, option, arguments).flatMap(Stream::of).toArray(String[]::new);
    return Packages.run(temporary, environment, command);
  }

  private void assertInstalls(String... arguments) throws Exception {
    assertSucceeds(install(arguments));
  }

  private static void assertSucceeds(Execution execution) {
    assertEquals("", execution.error());
    assertEquals(0, execution.exitCode());
  }

  private void assertFatal(String message, Execution execution) {
    assertEquals(new Execution(111, "", "install: fatal: " + message + "\n"), execution);
  }

  private static Path script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void shouldInstallCommandsThatStart() throws Exception {
    assertInstalls(prefix.toString());

    for (String name : Suite.commands()) {
      Path command = prefix.resolve("bin", name);
      // Without a directory svscan would find one and stay.
      Execution execution = Packages.run(temporary, Map.of(), command.toString(), "missing");
      assertTrue(
          List.of(0, 100, 111).contains(execution.exitCode())
              && execution.error().lines().allMatch(line -> line.startsWith(name + ": ")),
          () -> name + ": " + execution);
    }
    Path dnsq = prefix.resolve("bin/dnsq");
    assertTrue(
        Packages.run(temporary, Map.of(), dnsq.toString(), "--version")
            .output()
            .startsWith("dnsq (djbdns for Java) "));
  }

  @Test
  void shouldRunWhereItIsUnpacked() throws Exception {
    String dnsq = unpacked.resolve("bin/dnsq").toString();

    Execution execution = Packages.run(temporary, Map.of(), dnsq, "--version");

    assertSucceeds(execution);
    assertTrue(execution.output().startsWith("dnsq (djbdns for Java) "));
  }

  @Test
  void shouldLeaveNothingBehindWhenItFails() throws Exception {
    Files.createDirectory(prefix);
    Files.writeString(prefix.resolve("bin"), "mine");
    List<String> before = FileTree.of(prefix);

    Execution execution = install(prefix.toString());

    assertEquals(111, execution.exitCode());
    assertTrue(
        execution.error().endsWith("fatal: unable to create " + prefix + "/bin\n"),
        execution::error);
    assertEquals(before, FileTree.of(prefix));
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077", "777"})
  void shouldGiveTheUsualModesWhateverTheMask(String mask) throws Exception {
    Execution execution = install(Map.of(), mask, prefix.toString());

    assertSucceeds(execution);
    for (String line : FileTree.of(prefix)) {
      boolean ordinary =
          line.contains(" rwxr-xr-x ") || line.contains(" rw-r--r-- ") || line.contains(" -> ../");
      assertTrue(ordinary, line);
    }
    assertEquals("rwxr-xr-x", FileTree.mode(prefix.resolve("lib/djbdns/share/openrc/svscanboot")));
    assertEquals("rw-r--r--", FileTree.mode(prefix.resolve("lib/djbdns/lib/dnsq.jar")));
  }

  @Test
  void shouldLinkEveryCommand() throws Exception {
    assertInstalls(prefix.toString());

    List<String> commands =
        Stream.concat(Suite.commands().stream(), Stream.of("svscanboot")).sorted().toList();
    try (Stream<Path> links = Files.list(prefix.resolve("bin"))) {
      assertEquals(commands, links.map(link -> link.getFileName().toString()).sorted().toList());
    }
    for (String name : commands) {
      assertEquals(
          Path.of("../lib/djbdns/bin", name), Files.readSymbolicLink(prefix.resolve("bin", name)));
      assertTrue(Files.isExecutable(prefix.resolve("bin", name)), name);
    }
    assertTrue(Files.exists(prefix.resolve("lib/djbdns/share/doc/docs/man/tinydns.md")));
    assertTrue(Files.exists(prefix.resolve("lib/djbdns/share/doc/LICENSE")));
  }

  @Test
  void shouldRemoveWhatItHasInstalledAndNothingElse() throws Exception {
    Files.createDirectories(prefix.resolve("bin"));
    Files.createDirectories(prefix.resolve("lib/other"));
    Files.writeString(prefix.resolve("bin/mine"), "mine");
    List<String> before = FileTree.of(prefix);

    assertInstalls(prefix.toString());
    assertInstalls("--uninstall", prefix.toString());

    assertEquals(before, FileTree.of(prefix));
  }

  @Test
  void shouldRemoveDirectoriesThatItHasMade() throws Exception {
    assertInstalls(prefix.toString());
    assertInstalls(prefix.toString());
    assertInstalls("--uninstall", prefix.toString());

    assertFalse(Files.exists(prefix));
  }

  @Test
  void shouldLeaveFilesOfStrangersAndSaySo() throws Exception {
    assertInstalls(prefix.toString());
    Path stranger = Files.writeString(prefix.resolve("lib/djbdns/share/mine"), "mine");
    Path other = Files.writeString(prefix.resolve("bin/mine"), "mine");
    Path replaced = prefix.resolve("bin/dnsq");
    Files.delete(replaced);
    Files.writeString(replaced, "mine");

    Execution execution = install("--uninstall", prefix.toString());

    assertEquals(0, execution.exitCode());
    for (Path left : List.of(stranger, other, replaced)) {
      String line = "install: warning: " + left + " was not installed, and stays\n";
      assertTrue(execution.error().contains(line), execution::error);
    }
    try (Stream<Path> files = Files.walk(prefix)) {
      assertEquals(
          Stream.of(stranger, other, replaced).sorted().toList(),
          files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  @Test
  void shouldReplaceAnEarlierVersion() throws Exception {
    assertInstalls(prefix.toString());
    List<String> fresh = FileTree.of(prefix);
    Path manifest = prefix.resolve("lib/djbdns/manifest");
    Files.writeString(manifest, "bin/once\nlib/djbdns/bin/once\n" + Files.readString(manifest));
    script(prefix.resolve("lib/djbdns/bin/once"), "#!/bin/sh\n");
    Files.createSymbolicLink(prefix.resolve("bin/once"), Path.of("../lib/djbdns/bin/once"));
    Files.writeString(prefix.resolve("lib/djbdns/lib/dnsq.jar"), "of an earlier version");

    assertInstalls(prefix.toString());

    assertEquals(fresh, FileTree.of(prefix));
  }

  @Test
  void shouldTouchNothingIfAFileIsInTheWay() throws Exception {
    Path foreign =
        Files.writeString(
            Files.createDirectories(prefix.resolve("bin")).resolve("tinydns"), "mine");
    Path link = Files.createSymbolicLink(prefix.resolve("bin/svc"), Path.of("/command/svc"));
    List<String> before = FileTree.of(prefix);

    Execution execution = install(prefix.toString());

    assertFatal(
        "unable to install: not of an earlier installation: " + link + ", " + foreign, execution);
    assertEquals(before, FileTree.of(prefix));
  }

  @Test
  void shouldTouchNothingIfAForeignFileIsInAnEarlierInstallation() throws Exception {
    assertInstalls(prefix.toString());
    Path foreign = Files.writeString(prefix.resolve("lib/djbdns/share/mine"), "mine");
    List<String> before = FileTree.of(prefix);

    Execution execution = install(prefix.toString());

    assertFatal("unable to install: not of an earlier installation: " + foreign, execution);
    assertEquals(before, FileTree.of(prefix));
  }

  @Test
  void shouldTouchNothingIfSomebodyElseHasItsDirectory() throws Exception {
    Path foreign = Files.createDirectories(prefix.resolve("lib/djbdns"));

    assertFatal(
        "unable to install: not of an earlier installation: " + foreign,
        install(prefix.toString()));
    assertFatal(
        "unable to uninstall: there is no installation in " + prefix,
        install("--uninstall", prefix.toString()));
  }

  @Test
  void shouldInstallBelowDestdir() throws Exception {
    Map<String, String> environment = Map.of("DESTDIR", temporary.resolve("image").toString());

    assertSucceeds(install(environment, "022"));

    Path suite = temporary.resolve("image/usr/local/lib/djbdns");
    assertTrue(
        Files.readString(suite.resolve("share/systemd/svscanboot.service"))
            .contains("\nExecStart=\"/usr/local/bin/svscanboot\"\n"));
    assertSucceeds(install(environment, "022", "--uninstall"));
    assertFalse(Files.exists(temporary.resolve("image/usr/local")));
  }

  @Test
  void shouldNameWhatStillRunsWhenItIsRemoved() throws Exception {
    assertInstalls(prefix.toString());
    Path services = Files.createDirectory(temporary.resolve("services"));
    Path service = Files.createDirectory(services.resolve("only"));
    script(service.resolve("run"), "#!/bin/sh\nexec sleep 1000\n");
    List<String> command = List.of(prefix.resolve("bin/svscan").toString(), services.toString());
    try (ServerProcess svscan =
        ServerProcess.start(
            "svscan", command, TinydnsProcess.JAVA_ENVIRONMENT, temporary.resolve("log"))) {
      svscan.await(() -> ServiceTree.pid(service).isPresent());
      Execution execution = install("--uninstall", prefix.toString());
      assertEquals(0, execution.exitCode());
      assertEquals(
          "install: warning: still running, and not to be started again: svscan (pid "
              + svscan.pid()
              + ")\n",
          execution.error());
    }
  }

  @Test
  void shouldMakeADirectoryForServicesUnlessThereIsOne() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root makes it");
    Path image = temporary.resolve("image");
    Map<String, String> environment = Map.of("DESTDIR", image.toString());
    assertSucceeds(install(environment, "077", "--no-aot"));
    Path service = image.resolve("service");
    assertEquals(
        "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(service)));

    Files.delete(service);
    Files.createDirectories(image.resolve("etc/service"));
    assertSucceeds(install(environment, "022", "--no-aot"));
    assertFalse(Files.exists(service));
  }

  @Test
  void shouldInstallARelativePrefix() throws Exception {
    assertInstalls("relative/");

    assertTrue(
        Files.readString(temporary.resolve("relative/lib/djbdns/share/inittab"))
            .endsWith(":respawn:'" + temporary + "/relative/bin/svscanboot'\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-x", "--users --uninstall", "--no-aot --uninstall", "/a /b", "--uninstall /a /b"})
  void shouldExplainItsUsage(String arguments) throws Exception {
    Execution execution = install(arguments.split(" ", -1));

    assertEquals(100, execution.exitCode());
    assertTrue(execution.error().startsWith("install: usage: "), execution::error);
  }

  @Test
  void shouldRefuseAPrefixThatUnitFilesCannotName() throws Exception {
    String special = temporary + "/100%";

    assertFatal(
        "unable to install in " + special + ": the path has a special character", install(special));
  }

  @Test
  void shouldGiveSystemdAUnitWithoutFault() throws Exception {
    Path verify = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(verify), "systemd-analyze is not installed");
    assertInstalls(prefix.toString());
    Path unit = prefix.resolve("lib/djbdns/share/systemd/svscanboot.service");

    Execution execution =
        Packages.run(temporary, Map.of(), verify.toString(), "verify", unit.toString());

    assertEquals(new Execution(0, "", ""), execution);
  }

  @Test
  void shouldMakeTheAccountsThatAreMissing() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root can make accounts");
    Path script =
        script(
            temporary.resolve("script"),
            """
            #!/bin/sh
            set -e
            mkdir "$1"
            cd /etc
            cp passwd group shadow gshadow login.defs nsswitch.conf "$1"
            mount --bind "$1" /etc
            for account in dnscache tinydns walldns rbldns axfrdns dnslog; do
              ! id "$account" >/dev/null 2>&1 || userdel "$account" >/dev/null 2>&1
            done
            useradd --system --shell /bin/mine walldns
            "$2" --users --no-aot --no-service "$3" >/dev/null
            "$2" --users --no-aot --no-service "$3" >/dev/null
            for account in dnscache tinydns walldns rbldns axfrdns dnslog; do
              grep "^$account:" /etc/passwd | cut -d: -f 1,6,7
            done
            """);
    String[] words = {
      "unshare",
      "-m",
      script.toString(),
      temporary.resolve("etc").toString(),
      unpacked.resolve("install").toString(),
      prefix.toString()
    };
    Execution possible = Packages.run(temporary, Map.of(), "unshare", "-m", "true");
    assumeTrue(possible.exitCode() == 0, () -> "no mount namespaces here: " + possible.error());

    Execution execution = Packages.run(temporary, Map.of(), words);

    assertEquals(0, execution.exitCode(), execution::error);
    assertEquals(
        """
        dnscache:/nonexistent:/bin/false
        tinydns:/nonexistent:/bin/false
        walldns:/home/walldns:/bin/mine
        rbldns:/nonexistent:/bin/false
        axfrdns:/nonexistent:/bin/false
        dnslog:/nonexistent:/bin/false
        """,
        execution.output());
  }

  /** A checkout without the sources, in which what has been built is not outdated. */
  private Path checkout() throws Exception {
    Path root = Files.createDirectory(temporary.resolve("check out"));
    Files.createDirectories(root.resolve("tools/src/suite"));
    Files.createDirectories(root.resolve("tools/target"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("tools/pom.xml"), "");
    for (String name : List.of("install", "build-suite")) {
      Files.copy(CHECKOUT.resolve("tools", name), root.resolve("tools", name));
    }
    for (String name : List.of("docs", "README.md", "CHANGELOG.md", "LICENSE")) {
      assertSucceeds(
          Packages.run(root, Map.of(), "cp", "-R", unpacked.resolve(name).toString(), "."));
    }
    Files.createSymbolicLink(root.resolve("tools/target/djbdns"), unpacked);
    return root;
  }

  @Test
  void shouldBuildWhatIsOutdatedInACheckout() throws Exception {
    Path install = checkout().resolve("tools/install");
    Path tools = Files.createDirectory(temporary.resolve("tools"));
    script(tools.resolve("mvn"), "#!/bin/sh\necho nothing works\nexit 1\n");
    Map<String, String> path = Map.of("PATH", tools + ":/usr/bin:/bin");

    Execution execution = Packages.run(temporary, path, install.toString(), prefix.toString());

    assertEquals(111, execution.exitCode());
    assertEquals(
        "nothing works\nbuild-suite: fatal: unable to build: see the lines above\n",
        execution.error());
    assertFalse(Files.exists(prefix));
  }

  @Test
  void shouldInstallTheSameFromACheckout() throws Exception {
    assertInstalls(prefix.toString());
    Path install = checkout().resolve("tools/install");
    Path tools = Files.createDirectory(temporary.resolve("tools"));
    script(
        tools.resolve("mvn"), "#!/bin/sh\nexec touch '" + unpacked.resolve("bin/tinydns") + "'\n");
    Path other = temporary.resolve("other");
    Map<String, String> path = Map.of("PATH", tools + ":/usr/bin:/bin");

    assertSucceeds(
        Packages.run(
            temporary, path, install.toString(), "--no-aot", "--no-service", other.toString()));

    assertEquals(
        FileTree.of(prefix.resolve("lib/djbdns/lib")),
        FileTree.of(other.resolve("lib/djbdns/lib")));
    assertEquals(
        FileTree.of(prefix.resolve("lib/djbdns/share/doc")),
        FileTree.of(other.resolve("lib/djbdns/share/doc")));
  }
}
