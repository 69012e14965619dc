package djbdns.transfer;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Soa;
import java.io.IOException;

/** Takes what a transfer brings, which is not a zone before the transfer has ended well. */
public interface ZoneSink {
  /** Takes the zone's SOA record, before all others; it comes as a record as well. */
  void begin(Soa soa) throws IOException;

  /**
   * Takes a record of the zone.
   *
   * @param data its names uncompressed
   * @throws IllegalArgumentException if this sink cannot hold it
   */
  void record(Name owner, RecordType type, long ttlSeconds, byte[] data) throws IOException;
}
