package djbdns.dnscache;

import djbdns.conf.ConfCommand;
import djbdns.conf.ServiceRequest;
import djbdns.conf.ServiceTree;
import djbdns.conf.SuitePrograms;
import djbdns.dnscache.resolve.RootHints;
import djbdns.posix.RegularFile;
import djbdns.runtime.Program;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** {@code dnscache-conf}: makes the service directory of a dnscache. */
public final class DnscacheConf {
  /** Servers of the root in place of the world's, one on a line. */
  private static final Path LOCAL_ROOTS = Path.of("/etc/dnsroots.local");

  private static final int MAX_ROOTS_BYTES = 1 << 20;

  private static final String RANDOM = "/dev/urandom";
  private static final int SEED_BYTES = 128;

  private final Program program;

  private DnscacheConf(Program program) {
    this.program = program;
  }

  public static void main(String[] args) {
    Program program = new Program("dnscache-conf");
    program.run(() ->
        new ConfCommand(
                program,
                "acct logacct /dnscache [ myip ]",
                "Make the service directory of a dnscache.")
            .run(args, new DnscacheConf(program)::design));
  }

  private ServiceTree design(ServiceRequest request, SuitePrograms programs) {
    return request
        .tree(request.directory() + "/root")
        .variable("IPSEND", "0.0.0.0")
        .variable("CACHESIZE", "1000000")
        .variable("DATALIMIT", "3000000")
        .script(
            "run",
            """
            exec 2>&1
            exec <seed
            exec envdir ./env sh -c '
              exec envuidgid %s softlimit -o250 -d "$DATALIMIT" %s
            '
            """
                .formatted(request.account(), programs.wordInQuotes("dnscache")))
        .directory("root")
        .directory("root/ip")
        .secret("root/ip/127.0.0.1", "")
        .directory("root/servers")
        .file("root/servers/@", roots())
        .secret("seed", seed());
  }

  private String roots() {
    try {
      return RegularFile.readText(LOCAL_ROOTS, MAX_ROOTS_BYTES);
    } catch (NoSuchFileException e) {
      return String.join("\n", RootHints.addresses()) + "\n";
    } catch (FileSystemException e) {
      throw program.fatal("unable to open " + LOCAL_ROOTS, e);
    } catch (IOException e) {
      throw program.fatal("unable to read " + LOCAL_ROOTS, e);
    }
  }

  private String seed() {
    try (FileInputStream random = new FileInputStream(RANDOM)) {
      return new String(random.readNBytes(SEED_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw program.fatal("unable to read " + RANDOM, e);
    }
  }
}
