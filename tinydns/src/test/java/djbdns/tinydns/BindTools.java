package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.Bytes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Other people's readers of master files, and what they make of them. */
final class BindTools {
  private static final Path COMPILER = Path.of("/usr/bin/named-compilezone");

  private static final List<String> WITH_BASE64 =
      List.of(
          "rrsig",
          "dnskey",
          "cdnskey",
          "key",
          "rkey",
          "sig",
          "cert",
          "openpgpkey",
          "dhcid",
          "ipseckey",
          "hip",
          "sink",
          "doa",
          "hhit",
          "brid");

  private BindTools() {}

  /** Skips the test where BIND's tools are not installed. */
  static void assumeInstalled() {
    assumeInstalled(COMPILER, "bind9-utils");
  }

  static void assumeInstalled(Path program, String debianPackage) {
    assumeTrue(
        Files.isExecutable(program), () -> program + " is missing: install " + debianPackage);
  }

  /** What BIND reads from a master file, without checks of its sense. */
  static Original.Outcome compile(Path file, String zone, Path target) throws Exception {
    return compile(file, zone, target, "text");
  }

  private static Original.Outcome compile(Path file, String zone, Path target, String format)
      throws Exception {
    return Original.run(
        file.toAbsolutePath().getParent(),
        List.of(
            COMPILER.toString(),
            "-i",
            "none",
            "-k",
            "ignore",
            "-n",
            "ignore",
            "-m",
            "ignore",
            "-M",
            "ignore",
            "-S",
            "ignore",
            "-T",
            "ignore",
            "-r",
            "ignore",
            "-F",
            format,
            "-s",
            "full",
            "-o",
            target.toString(),
            zone,
            file.getFileName().toString()));
  }

  /**
   * The data that BIND makes of the records of a master file, in the order of their names; empty if
   * BIND refuses the file.
   */
  static Optional<List<Bytes>> recordData(Path file, String zone, Path scratch) throws Exception {
    Files.deleteIfExists(scratch);
    if (compile(file, zone, scratch, "raw=0").exitCode() != 0) {
      return Optional.empty();
    }
    List<Bytes> data = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(scratch)))) {
      // Format, version, time of the dump.
      in.skipNBytes(12);
      while (in.read() >= 0) {
        // The rest of the length of the set; class, type, covered type, TTL.
        in.skipNBytes(3 + 2 + 2 + 2 + 4);
        int records = in.readInt();
        in.skipNBytes(in.readUnsignedShort());
        for (int i = 0; i < records; i++) {
          data.add(Bytes.of(in.readNBytes(in.readUnsignedShort())));
        }
      }
    }
    return Optional.of(data);
  }

  /** BIND's records of a master file, in a form that can be compared. */
  static List<String> records(Path file, String zone, Path scratch) throws Exception {
    Files.deleteIfExists(scratch);
    Original.Outcome outcome = compile(file, zone, scratch);
    assertEquals(0, outcome.exitCode(), () -> file + ": " + outcome.stderr());
    List<String> records = new ArrayList<>();
    for (String line : Files.readAllLines(scratch, StandardCharsets.ISO_8859_1)) {
      if (!line.startsWith(";")) {
        records.add(canonical(line));
      }
    }
    records.sort(null);
    return records;
  }

  /**
   * One record as text: names, hexadecimal digits and mnemonics in small letters, strings as they
   * are. BIND prints types as it knows them, so texts of the same program are compared.
   */
  private static String canonical(String line) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    boolean blank = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (!quoted && (c == ' ' || c == '\t')) {
        blank = true;
        continue;
      }
      if (blank) {
        out.append(' ');
        blank = false;
      }
      if (c == '\\' && quoted) {
        out.append(c);
        c = line.charAt(++i);
      } else if (c == '"') {
        quoted = !quoted;
      }
      out.append(quoted || isBase64(out) ? c : Character.toLowerCase(c));
    }
    return out.toString();
  }

  private static boolean isBase64(StringBuilder line) {
    return WITH_BASE64.stream().anyMatch(type -> line.indexOf(" " + type + " ") > 0);
  }
}
