package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.Problem;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Random zones, right and wrong. What BIND and NSD both refuse, tinydns-import refuses, and
 * tinydns-data and tinydns-export warn of. What {@code tinydns-data --strict} lets pass, BIND, NSD
 * and Knot load after tinydns-export. What all of them load, ours take. {@code -Ddjbdns.zones=N}
 * takes N zones, from {@code -Ddjbdns.seed} on.
 */
@ResourceLock(Resources.SYSTEM_ERR)
final class RefusalTest {
  private static final int ZONES = Integer.getInteger("djbdns.zones", 200);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final String ZONE = DoubtfulZone.ZONE;
  private static final Path BIND = Path.of("/usr/bin/named-checkzone");
  private static final Path NSD = Path.of("/usr/sbin/nsd-checkzone");
  private static final Path KNOT = Path.of("/usr/sbin/knotc");

  @TempDir private Path directory;

  private ZoneCircle circle;

  @BeforeEach
  void assumePeers() {
    circle = new ZoneCircle(directory);
    for (Path program : List.of(BIND, NSD, KNOT)) {
      assumeTrue(Files.isExecutable(program), program + " is not installed");
    }
  }

  /** Who loads a master file. */
  private record Verdict(boolean bind, boolean nsd, boolean knot) {
    boolean isUnanimous() {
      return bind && nsd && knot;
    }

    boolean isRefused() {
      return !bind && !nsd;
    }
  }

  private Verdict verdict(Path file) throws Exception {
    return new Verdict(
        loads(BIND.toString(), "-i", "local", ZONE, file.toString()),
        loads(NSD.toString(), ZONE, file.toString()),
        loads(KNOT.toString(), "-c", knotConfiguration(file), "zone-check", ZONE));
  }

  private boolean loads(String... command) throws Exception {
    return Original.run(directory, List.of(command)).exitCode() == 0;
  }

  private String knotConfiguration(Path file) throws IOException {
    String text =
        """
        server:
            rundir: %1$s
        database:
            storage: %1$s
        zone:
          - domain: %2$s
            file: %3$s
        """
            .formatted(directory, ZONE, file);
    return Files.writeString(directory.resolve("knot.conf"), text).toString();
  }

  private boolean isImported(Path file) throws Exception {
    try {
      new ZoneImport(new Program("tinydns-import"), Name.parse(ZONE), file.toString(), 1)
          .print(new ByteArrayOutputStream());
      return true;
    } catch (Fatal _) {
      return false;
    }
  }

  /** What tinydns-data warns of. */
  private List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    new DataBuild(new Program("tinydns-data"), warnings::add, directory, InstantSource.system())
        .run();
    return warnings;
  }

  /** An exported zone, and for what others refuse it; no file if there is no such zone. */
  private record Export(Optional<Path> file, String faults) {}

  private Export export() throws Exception {
    Path exported = directory.resolve("exported");
    PrintStream err = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.ISO_8859_1));
    try (OutputStream out = Files.newOutputStream(exported)) {
      circle.exportZone(ZONE, out);
    } catch (Fatal e) {
      return new Export(Optional.empty(), e.getMessage());
    } finally {
      System.setErr(err);
    }
    List<String> faults =
        warnings
            .toString(StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> line.contains("other servers refuse"))
            .toList();
    return new Export(Optional.of(exported), String.join("; ", faults));
  }

  @Test
  void shouldRefuseWhatOthersRefuse() throws Exception {
    int refused = 0;
    int passed = 0;
    for (long seed = SEED; seed < SEED + ZONES; seed++) {
      String text = new DoubtfulZone(seed).text();
      Path file = Files.writeString(directory.resolve("zone"), text);
      Verdict verdict = verdict(file);
      String what = "seed " + seed + ": " + verdict + " of\n" + text;
      boolean imported = isImported(file);
      assertFalse(imported && verdict.isRefused(), () -> "imported: " + what);
      assertFalse(!imported && verdict.isUnanimous(), () -> "not imported: " + what);
      refused += imported ? 0 : 1;
      Optional<byte[]> data = circle.convert(ZONE, file);
      if (data.isPresent()) {
        Files.write(directory.resolve("data"), data.get());
        passed += passes(what, verdict) ? 1 : 0;
      }
    }
    assertTrue(refused > ZONES / 4, refused + " zones of " + ZONES + " were refused");
    assertTrue(passed > ZONES / 4, passed + " zones of " + ZONES + " passed");
  }

  /** True if the data file passes --strict, and what is exported is as good as the others say. */
  private boolean passes(String what, Verdict original) throws Exception {
    List<Problem> warnings = warnings();
    Export export = export();
    boolean strict = circle.isStrict();
    assertFalse(strict && !warnings.isEmpty(), () -> warnings + " of " + what);
    assertFalse(!strict && original.isUnanimous(), () -> "refused by --strict: " + what);
    if (export.file().isEmpty()) {
      // Delegations alone are no zone, but data that tinydns can serve.
      return false;
    }
    Verdict exported = verdict(export.file().get());
    if (strict) {
      assertEquals("", export.faults(), what);
      assertTrue(exported.isUnanimous(), () -> exported + " of the export of " + what);
    }
    if (exported.isRefused()) {
      assertFalse(warnings.isEmpty(), () -> "no warning of tinydns-data: " + what);
      assertFalse(export.faults().isEmpty(), () -> "no warning of tinydns-export: " + what);
    }
    return strict;
  }
}
