package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package: what is in it, what it says of itself, how dpkg takes it. */
@Timeout(120)
final class DebianPackageIT {
  @TempDir private Path temporary;

  private Path deb;

  @BeforeEach
  void findPackage() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is not installed");
    deb = Packages.packed(".deb");
  }

  private Execution run(String... command) throws Exception {
    return Packages.run(temporary, Map.of(), command);
  }

  private static String succeed(Execution execution) {
    assertEquals(0, execution.exitCode(), execution::toString);
    return execution.output();
  }

  private Path unpack() throws Exception {
    Path root = temporary.resolve("root");
    succeed(run("dpkg-deb", "-x", deb.toString(), root.toString()));
    return root;
  }

  private String field(String name) throws Exception {
    return succeed(run("dpkg-deb", "-f", deb.toString(), name)).strip();
  }

  @Test
  void shouldHoldWhatTheTarballHolds() throws Exception {
    Path tarball = Packages.unpackTarball(Files.createDirectory(temporary.resolve("tarball")));
    Path root = unpack();

    for (String part : List.of("bin", "lib")) {
      assertEquals(
          FileTree.of(tarball.resolve(part)), FileTree.of(root.resolve("usr/lib/djbdns", part)));
    }
    Path documents = root.resolve("usr/share/doc/djbdns-java");
    assertEquals(FileTree.of(tarball.resolve("docs")), FileTree.of(documents.resolve("docs")));
    assertEquals(
        Files.readString(tarball.resolve("LICENSE")),
        Files.readString(documents.resolve("copyright")));
    assertTrue(
        Files.readString(root.resolve("usr/lib/systemd/system/svscanboot.service"))
            .contains("\nExecStart=\"/usr/bin/svscanboot\"\n"));
  }

  @Test
  void shouldLinkEveryCommandInUsrBin() throws Exception {
    Path root = unpack();

    for (String name : Suite.commands()) {
      Path link = root.resolve("usr/bin", name);
      assertEquals(Path.of("../lib/djbdns/bin", name), Files.readSymbolicLink(link));
    }
    assertTrue(
        succeed(run(root.resolve("usr/bin/dnsq").toString(), "--version")).startsWith("dnsq "));
  }

  @Test
  void shouldBelongToRootAndHaveTheUsualModes() throws Exception {
    for (String line : succeed(run("dpkg-deb", "-c", deb.toString())).lines().toList()) {
      assertTrue(line.matches("(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--|l[rwx-]{9}) root/root .*"), line);
    }
  }

  @Test
  void shouldConflictWithThePackagesWhoseCommandsItBrings() throws Exception {
    List<String> query = new ArrayList<>(List.of("dpkg-query", "-S"));
    for (String name : Suite.commands()) {
      for (String directory : List.of("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/")) {
        query.add(directory + name);
      }
    }
    Set<String> owners = new TreeSet<>();
    run(query.toArray(String[]::new))
        .output()
        .lines()
        .map(line -> line.substring(0, line.indexOf(':')))
        .forEach(owners::add);
    owners.remove("djbdns-java");
    Set<String> conflicts = Set.of(field("Conflicts").split(", ", -1));

    assertTrue(conflicts.containsAll(owners), () -> owners + " but only " + conflicts);
    assertEquals(field("Conflicts"), field("Replaces"));
  }

  @Test
  void shouldBeInstalledAndRemovedByDpkg() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root can install packages");
    Path root = Files.createDirectory(temporary.resolve("root"));
    Path administration = Files.createDirectories(root.resolve("var/lib/dpkg/updates")).getParent();
    Files.createDirectory(administration.resolve("info"));
    Files.writeString(administration.resolve("status"), "");
    String[] dpkg = {
      "dpkg",
      "--root=" + root,
      "--log=" + temporary.resolve("log"),
      "--force-depends",
      "--force-script-chrootless"
    };

    succeed(run(words(dpkg, "--install", deb.toString())));

    assertTrue(Files.exists(root.resolve("usr/bin/tinydns")));
    assertEquals(
        "install ok installed",
        succeed(
            run(
                "dpkg-query",
                "--admindir=" + administration,
                "-W",
                "-f",
                "${Status}",
                "djbdns-java")));
    try (ServerProcess running = startFrom(root)) {
      assertTrue(
          run(words(dpkg, "--purge", "djbdns-java"))
              .error()
              .contains(
                  "djbdns-java: warning: still running, and not to be started again: svscan (pid "
                      + running.pid()
                      + ")\n"));
    }
    try (Stream<Path> left = Files.list(root)) {
      assertEquals(List.of(root.resolve("var")), left.toList());
    }
  }

  private ServerProcess startFrom(Path root) throws Exception {
    Path services = Files.createDirectory(temporary.resolve("services"));
    Path service = Files.createDirectory(services.resolve("only"));
    Path script = Files.writeString(service.resolve("run"), "#!/bin/sh\nexec sleep 1000\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    ServerProcess svscan =
        ServerProcess.start(
            "svscan",
            List.of(root.resolve("usr/bin/svscan").toString(), services.toString()),
            TinydnsProcess.JAVA_ENVIRONMENT,
            temporary.resolve("svscan.log"));
    svscan.await(() -> ServiceTree.pid(service).isPresent());
    return svscan;
  }

  private static String[] words(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }
}
