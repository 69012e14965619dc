package djbdns.tinydns.axfrget;

import djbdns.tinydns.zone.LineWriter;
import djbdns.transfer.ZoneSink;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Soa;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a transferred zone as lines of {@code data}, below a remark with its serial number. */
final class ZoneLines implements ZoneSink {
  private final LineWriter lines;

  ZoneLines(OutputStream out) {
    lines = new LineWriter(out);
  }

  @Override
  public void begin(Soa soa) throws IOException {
    lines.remark(soa.serial() + " auto axfr-get");
  }

  @Override
  public void record(Name owner, RecordType type, long ttlSeconds, byte[] data) throws IOException {
    lines.write(owner, type.code(), ttlSeconds, data, 0, data.length);
  }
}
