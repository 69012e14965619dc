package djbdns.tinydns;

import djbdns.master.MasterWriter;
import djbdns.master.ZoneFaults;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.lookup.ZoneCensus;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneWalk;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.text.MasterText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** One run of tinydns-export: what a client sees now of the zones in a {@code data.cdb}. */
final class ZoneExport {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Program program;
  private final Path file;
  private final byte[] client;
  private final long nowTai64;
  private final long hashKey;

  /**
   * A run over one file.
   *
   * @param client an address, IPv4 or IPv6
   * @param hashKey random bits
   */
  ZoneExport(Program program, Path file, Bytes client, long nowTai64, long hashKey) {
    this.program = program;
    this.file = file;
    this.client = client.toArray();
    this.nowTai64 = nowTai64;
    this.hashKey = hashKey;
  }

  /** Prints the names of all zones, a line for each. */
  void printZones(OutputStream out) {
    withData(
        out,
        (data, buffered) -> {
          for (Name zone : new ZoneCensus(data, client, nowTai64).zones()) {
            String line = MasterText.ofName(zone) + "\n";
            buffered.write(line.getBytes(StandardCharsets.ISO_8859_1));
          }
        });
  }

  /**
   * Prints a zone as a master file.
   *
   * @throws Fatal if it is not there
   */
  void printZone(Name zone, OutputStream out) {
    withData(
        out,
        (data, buffered) -> {
          warnOfHidden(zone, new ZoneCensus(data, client, nowTai64).hiddenRecords(zone));
          try (ZoneWalk walk = new ZoneWalk(data, zone, client, client.length, nowTai64, hashKey)) {
            if (!walk.toSoa()) {
              throw program.fatal("unable to find zone " + zone + " in data.cdb");
            }
            print(walk, new MasterWriter(buffered), new ZoneFaults(zone, hashKey));
            warnOfOccluded(zone, walk);
          }
        });
  }

  /** A use of the data; exceptions are those of the output. */
  private interface Task {
    void run(ZoneData data, OutputStream out) throws IOException;
  }

  private void withData(OutputStream out, Task task) {
    try (ZoneData data = load()) {
      OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
      task.run(data, buffered);
      buffered.flush();
    } catch (IOException e) {
      throw program.unableToWriteOutput(e);
    }
  }

  private ZoneData load() {
    try {
      return ZoneData.load(file, hashKey);
    } catch (IOException e) {
      throw program.fatal(DataReloader.explain(e));
    }
  }

  private void warnOfHidden(Name zone, long hidden) {
    if (hidden > 0) {
      warnOfLeftOut(zone, hidden, "of another location or another time");
    }
  }

  private void warnOfFault(String fault) {
    program.warn("other servers refuse the zone: " + fault);
  }

  private void warnOfOccluded(Name zone, ZoneWalk walk) {
    walk.firstOccluded()
        .ifPresent(first ->
            warnOfLeftOut(
                zone, walk.occluded(), "below a delegation or a DNAME, the first at " + first));
  }

  private void warnOfLeftOut(Name zone, long records, String why) {
    String what = records + (records == 1 ? " record of " : " records of ");
    program.warn(what + zone + " left out: " + why);
  }

  private void print(ZoneWalk walk, MasterWriter out, ZoneFaults faults) throws IOException {
    while (true) {
      switch (walk.next()) {
        case RECORD -> {
          Name owner = Name.ofWire(walk.owner(), walk.ownerOffset());
          RecordType type = new RecordType(walk.type());
          byte[] data = Arrays.copyOf(walk.data(), walk.dataLength());
          faults.next(owner, type, Bytes.of(data)).ifPresent(this::warnOfFault);
          out.write(owner, type, walk.ttlSeconds(), data);
        }
        case PAUSE -> {}
        case END -> {
          faults.atEnd().ifPresent(this::warnOfFault);
          return;
        }
        case DAMAGED -> throw program.fatal("unable to read data.cdb: record is damaged");
      }
    }
  }
}
