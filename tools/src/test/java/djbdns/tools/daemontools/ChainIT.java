package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain programs say and do what the originals do. */
final class ChainIT {
  private static final String ENVIRONMENT = "/proc/self/environ";
  private static final String LIMITS = "/proc/self/limits";

  /** Prints a file in hexadecimal: a program of one process, which shows what it was given. */
  private static final List<String> DUMP = List.of("od", "-An", "-v", "-tx1");

  @TempDir private Path directory;

  private Comparison comparison;

  @BeforeEach
  void makeDirectory() throws IOException {
    comparison = new Comparison(directory);
    Files.createDirectory(directory.resolve("env"));
    Files.createDirectory(directory.resolve("directory"));
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(directory.resolve(file), content);
  }

  private void permit(String file, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(file), PosixFilePermissions.fromString(permissions));
  }

  /** Both do the same with these words, separated by blanks. */
  private Execution same(String words) throws Exception {
    return comparison.assertSame(words.split(" ", -1));
  }

  /** The same, with words that may have blanks, after the prefix. */
  private Execution same(String prefix, List<String> words) throws Exception {
    List<String> all = new ArrayList<>(List.of(prefix.split(" ", -1)));
    all.addAll(words);
    return comparison.assertSame(all.toArray(String[]::new));
  }

  private static void assertRoot() {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@setuidgid",
        "@setuidgid nobody",
        "@envuidgid",
        "@envuidgid nobody",
        "@envdir",
        "@envdir env",
        "@softlimit",
        "@softlimit -d 100",
        "@softlimit -d",
        "@softlimit -d x true",
        "@softlimit -d -1 true",
        "@softlimit -d 1k true",
        "@softlimit -q true",
        "@softlimit -d 5000000 -cq true",
        "@softlimit - true",
        "@softlimit --",
        "@setlock",
        "@setlock lock",
        "@setlock -nx",
        "@setlock -y lock true",
        "@pgrphack",
        "@fghack",
      })
  void shouldRefuseWrongCommandLines(String words) throws Exception {
    Execution execution = same(words);
    assertTrue(execution.exitCode() == 100 || execution.exitCode() == 111, execution::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@setuidgid nobody",
        "@envuidgid nobody",
        "@envdir env",
        "@softlimit -d 100000 -a 1000000",
        "@setlock lock",
        "@pgrphack",
        "@fghack"
      })
  void shouldSayWhyTheNextProgramCannotRun(String chain) throws Exception {
    if (chain.startsWith("@setuidgid")) {
      assertRoot();
      permit("", "rwxr-xr-x");
    }
    write("file", "text\n");
    write("interpreter", "#!/nonexistent/interpreter\n");
    permit("interpreter", "rwxr-xr-x");
    write("binary", "\0\1\2\3");
    permit("binary", "rwxr-xr-x");
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    for (String program :
        List.of(
            "nonexistent-program",
            "./nonexistent",
            "./file",
            "./directory",
            "./interpreter",
            "./binary",
            "./loop",
            "file/x",
            "")) {
      assertEquals(111, same(chain, List.of(program)).exitCode(), program);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH=/nonexistent:.", "PATH=", "PATH=:", "PATH=/bin", "X=", "PATH=file:"})
  void shouldSearchThePathOfTheCurrentProcess(String path) throws Exception {
    write("file", "text\n");
    write("ls", "#!/bin/sh\necho mine \"$@\"\n");
    permit("ls", "rwxr-xr-x");
    write("denied", "text\n");
    write("env/PATH", "/nonexistent");
    String java = "DJBDNS_JAVA=" + Comparison.environment().get("DJBDNS_JAVA");

    for (String program : List.of("ls", "denied", "directory", "file")) {
      same("/usr/bin/env -i " + path + " " + java + " @envdir env " + program + " env");
    }
  }

  @Test
  void shouldKeepTheEnvironmentToTheByte() throws Exception {
    write("env/NEW", "value \t\nrest");
    write("env/OLD", "changed");
    write("env/GONE", "");
    write("env/EMPTY", "\n");
    write("env/LINES", "a\0b\0");
    write("env/not-a.word", "x");
    write("env/.hidden", "x");
    Files.createSymbolicLink(directory.resolve("env/linked"), Path.of("NEW"));
    String java = "DJBDNS_JAVA=" + Comparison.environment().get("DJBDNS_JAVA");
    String bytes = "BYTES=$(printf 'caf\\351 \\303\\251 \\001\\nx')";
    String script = "exec /usr/bin/env -i z=1 \"" + bytes + "\" GONE=2 a-b=3 OLD=4 \"$@\"";
    List<String> dump = new ArrayList<>(DUMP);
    dump.add(ENVIRONMENT);

    for (String chain :
        List.of(
            "@envdir env",
            "@envuidgid nobody",
            "@pgrphack",
            "@fghack",
            "@setlock lock",
            "@envdir env @envuidgid nobody @softlimit -c 0 @envdir env @setlock lock")) {
      List<String> words = new ArrayList<>(List.of(script, "sh", java, "_=5"));
      words.addAll(List.of(chain.split(" ", -1)));
      words.addAll(dump);
      assertEquals(0, same("/bin/sh -c", words).exitCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void shouldKeepArgumentsToTheByte(String locale) throws Exception {
    String script =
        "LC_ALL=" + locale + " exec \"$@\" \"$(printf 'caf\\351 \\303\\251')\" '' ' * '";

    same(
        "/bin/sh -c",
        List.of(script, "sh", "@setlock", "lock", "sh", "-c", "od -An -tx1 /proc/$$/cmdline"));
  }

  @Test
  void shouldSayWhatIsWrongWithTheDirectoryOfEnvdir() throws Exception {
    write("file", "");
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

    for (String name : List.of("nonexistent", "file", "loop", "")) {
      assertEquals(111, same("@envdir", List.of(name, "true")).exitCode(), name);
    }
    Files.createDirectory(directory.resolve("env/subdirectory"));
    assertEquals(
        "envdir: fatal: unable to read env/subdirectory: is a directory\n",
        same("@envdir env true").error());
    Files.delete(directory.resolve("env/subdirectory"));
    Files.createSymbolicLink(directory.resolve("env/loop"), Path.of("loop"));
    same("@envdir env true");
  }

  @Test
  void shouldSayWhatAUserMayNotRead() throws Exception {
    assertRoot();
    permit("", "rwxr-xr-x");
    write("env/A", "x");
    permit("env/A", "---------");
    same("@setuidgid nobody @envdir env true");
    permit("env", "-wx------");
    same("@setuidgid nobody @envdir env true");
    permit("directory", "-wx--x--x");
    same("@setuidgid nobody @envdir directory true");
    permit("directory", "r--r--r--");
    same("@setuidgid nobody @envdir directory true");
    same("@setuidgid nobody @setlock lock true");
    same("@setuidgid nobody @setuidgid root true");
  }

  @Test
  void shouldTreatAFileThatIsNotThereAsAbsent() throws Exception {
    Files.createSymbolicLink(directory.resolve("env/PATH"), Path.of("nonexistent"));

    Execution execution =
        Execution.of(
            directory,
            Comparison.environment(),
            Comparison.ours("@envdir", "env", "sh", "-c", "echo $PATH"));
    assertEquals(new Execution(0, "/usr/bin:/bin\n", ""), execution);
  }

  @Test
  void shouldSayThatAnAccountIsUnknown() throws Exception {
    assertEquals(
        new Execution(111, "", "setuidgid: fatal: unknown account nobody-here\n"),
        same("@setuidgid nobody-here true"));
    same("@envuidgid nobody-here true");
    same("@envuidgid", List.of("", "true"));
  }

  @Test
  void shouldBecomeAnotherUser() throws Exception {
    assertRoot();
    String identity =
        same("@setuidgid nobody grep -E ^(Uid|Gid|Groups|Cap) /proc/self/status").output();
    assertTrue(identity.contains("65534"), identity);
  }

  @Test
  void shouldKeepProcessAndSetSession() throws Exception {
    for (String chain : List.of("@envdir env", "@pgrphack", "@setlock lock @pgrphack")) {
      List<String> words = new ArrayList<>(List.of("echo $$; exec \"$@\"", "sh"));
      words.addAll(List.of(chain.split(" ", -1)));
      words.addAll(
          List.of("sh", "-c", "echo $$; read p c s pp g i r </proc/self/stat; echo $g $i"));
      List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
      command.addAll(words);
      Execution ours =
          Execution.of(
              directory, Comparison.environment(), Comparison.ours(command.toArray(String[]::new)));
      List<String> lines = ours.output().lines().toList();
      assertEquals(lines.get(0), lines.get(1), ours::toString);
      if (chain.endsWith("@pgrphack")) {
        assertEquals(lines.get(0) + " " + lines.get(0), lines.get(2), ours::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-a 100000000",
        "-a =",
        "-c 5",
        "-d 5000000",
        "-f 1000000",
        "-l 4096",
        "-m 50000000",
        "-o 250",
        "-o 100000000000",
        "-p 300",
        "-r 1000000",
        "-s 1000000",
        "-s =",
        "-t 60",
        "-o250 -d300000 -d5000000 -c =",
        "-d 18446744073709551615",
      })
  void shouldSetLimits(String options) throws Exception {
    same("@softlimit " + options + " cat " + LIMITS);
    same("@softlimit " + options + " @envdir env @setlock lock cat " + LIMITS);
    // Ours sets a child's limits right after its start, which no child can wait for.
    same("@softlimit " + options + " @fghack sh -c", List.of("sleep 0.2; exec cat " + LIMITS));
  }

  @Test
  void shouldLeaveLimitsAlone() throws Exception {
    same("@envdir env cat " + LIMITS);
    same(
        "/bin/bash -c",
        List.of(
            "ulimit -S -n 512 -d 9000 -u 500 -s 4096; exec \"$@\"",
            "sh",
            "@envdir",
            "env",
            "cat",
            LIMITS));
  }

  @Test
  void shouldRunAProgramUnderALimitTooLowForAJavaOfOneUser() throws Exception {
    assertRoot();
    permit("", "rwxr-xr-x");
    same("@softlimit -p 3 @setuidgid nobody @envdir env cat " + LIMITS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PIPE", "HUP INT QUIT TERM", "PIPE XFSZ USR1 USR2", "ALRM"})
  void shouldKeepIgnoredSignals(String signals) throws Exception {
    String script = "for s in " + signals + "; do trap '' $s; done; exec \"$@\"";
    for (String chain : List.of("@envdir env", "@fghack", "@setlock lock @pgrphack")) {
      List<String> words = new ArrayList<>(List.of(script, "sh"));
      words.addAll(List.of(chain.split(" ", -1)));
      // Only the signals 1 to 32: the others are no longer ignored where libc has its own.
      words.addAll(
          List.of("sed", "-n", "s/^\\(Sig[BIC].*\\t\\).\\{8\\}/\\1/p", "/proc/self/status"));
      same("/bin/bash -c", words);
    }
  }

  @Test
  void shouldRunAsInARunScript() throws Exception {
    write("env/IP", "127.0.0.1\n");
    write("env/ROOT", "/tmp\n");
    same(
        "@envuidgid nobody @envdir ./env @softlimit -o250 -d 300000 sh -c",
        List.of("echo $UID $GID $IP $ROOT; while read -r l; do echo \"$l\"; done <" + LIMITS));
  }
}
