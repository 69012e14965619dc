package djbdns.tinydns.zone;

import djbdns.tinydns.cdb.RecordSink;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns data lines into the records of {@code data.cdb}, byte for byte those of tinydns-data 1.05
 * for the lines that it has. One thread.
 *
 * <pre>
 * key    owner in wire form, small letters, without a leading "*" label
 * data   | type 2 | marker 1 | location 2, if any | ttl 4 | timestamp 8 | rdata |
 *        marker: "=" or "*" (owner had the "*" label); with a location ">" or "+"
 * </pre>
 *
 * Locations are the work of {@link LocationKeys}. Names in rdata are whole: the server compresses
 * them. Numbers are big-endian.
 */
public final class ZoneCompiler {
  /** A label of one byte, the asterisk. */
  private static final int WILDCARD_LABEL_BYTES = 2;

  private static final String HOSTMASTER = "\12hostmaster";

  private final RecordSink sink;
  private final LocationKeys locations;
  private final int defaultSerial;
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder data = new ByteBuilder();

  /**
   * A compiler for the lines of one file.
   *
   * @param modifiedSeconds when the file was changed, seconds since 1970: the serial, modulo 2^32,
   *     of zones that name none; 1 in place of 0
   */
  public ZoneCompiler(RecordSink sink, long modifiedSeconds) {
    this.sink = sink;
    locations = new LocationKeys(sink);
    int serial = (int) modifiedSeconds;
    defaultSerial = serial == 0 ? 1 : serial;
  }

  /** True if a key of the database is of a client's location, not the name of a record. */
  public static boolean isLocation(byte[] key, int keyLength) {
    return keyLength > 1 && key[0] == 0;
  }

  /** Adds the records of a line to the sink; some of locations wait for {@link #finish}. */
  public void compile(DataLine line) throws IOException {
    switch (line) {
      case DataLine.Blank _, DataLine.Comment _, DataLine.Disabled _ -> {}
      case DataLine.LocationPrefix prefix -> locations.add(prefix);
      case DataLine.LocationNetwork network -> locations.add(network);
      case DataLine.Soa soa -> addSoa(soa);
      case DataLine.OwnZone zone -> {
        addOwnSoa(zone);
        addName(zone.owner(), RecordType.NS, zone.server(), zone.terms());
        addAddress(zone.server(), zone.address(), zone.terms());
      }
      case DataLine.Delegation zone -> {
        addName(zone.owner(), RecordType.NS, zone.server(), zone.terms());
        addAddress(zone.server(), zone.address(), zone.terms());
      }
      case DataLine.Host host -> {
        addAddress(host.owner(), host.address(), host.terms());
        addReverse(host);
      }
      case DataLine.Alias alias -> addAddress(alias.owner(), alias.address(), alias.terms());
      case DataLine.MailExchanger mail -> {
        addExchanger(mail);
        addAddress(mail.exchanger(), mail.address(), mail.terms());
      }
      case DataLine.Service service -> {
        begin(service.owner(), RecordType.SRV, service.terms());
        data.put(service.srv().toWire());
        end();
        addAddress(service.srv().target(), service.address(), service.terms());
      }
      case DataLine.Text text -> addText(text);
      case DataLine.Pointer pointer ->
          addName(pointer.owner(), RecordType.PTR, pointer.target(), pointer.terms());
      case DataLine.CanonicalName alias ->
          addName(alias.owner(), RecordType.CNAME, alias.target(), alias.terms());
      case DataLine.Generic generic -> addGeneric(generic);
    }
  }

  /** Adds what could not be added before the last line was seen. */
  public void finish() throws IOException {
    locations.finish();
  }

  private void addSoa(DataLine.Soa soa) throws IOException {
    begin(soa.owner(), RecordType.SOA.code(), soa.terms().ttlSeconds(), soa.terms());
    data.put(soa.server()).put(soa.contact());
    data.put32((int) soa.serial().orElse(defaultSerial));
    data.put32((int) soa.refreshSeconds());
    data.put32((int) soa.retrySeconds());
    data.put32((int) soa.expireSeconds());
    data.put32((int) soa.minimumSeconds());
    end();
  }

  private void addOwnSoa(DataLine.OwnZone zone) throws IOException {
    long ttlSeconds = zone.terms().ttlSeconds() == 0 ? 0 : Defaults.NEGATIVE_TTL_SECONDS;
    begin(zone.owner(), RecordType.SOA.code(), ttlSeconds, zone.terms());
    data.put(zone.server()).put(HOSTMASTER).put(zone.owner());
    data.put32(defaultSerial);
    data.put32((int) Defaults.REFRESH_SECONDS);
    data.put32((int) Defaults.RETRY_SECONDS);
    data.put32((int) Defaults.EXPIRE_SECONDS);
    data.put32((int) Defaults.MINIMUM_SECONDS);
    end();
  }

  private void addName(Name owner, RecordType type, Name target, Terms terms) throws IOException {
    begin(owner, type, terms);
    data.put(target);
    end();
  }

  private void addAddress(Name owner, Optional<Address> address, Terms terms) throws IOException {
    if (address.isEmpty()) {
      return;
    }
    switch (address.get()) {
      case Address.Ipv4 ipv4 -> {
        begin(owner, RecordType.A, terms);
        data.put32(ipv4.bits());
      }
      case Address.Ipv6 ipv6 -> {
        begin(owner, RecordType.AAAA, terms);
        data.put(ipv6.bytes());
      }
    }
    end();
  }

  private void addReverse(DataLine.Host host) throws IOException {
    if (host.address().isPresent()) {
      key.clear();
      ReverseName.put(key, host.address().get());
      beginData(RecordType.PTR.code(), false, host.terms().ttlSeconds(), host.terms());
      data.put(host.owner());
      end();
    }
  }

  private void addExchanger(DataLine.MailExchanger mail) throws IOException {
    begin(mail.owner(), RecordType.MX, mail.terms());
    data.put16((int) mail.distance()).put(mail.exchanger());
    end();
  }

  private void addText(DataLine.Text line) throws IOException {
    begin(line.owner(), RecordType.TXT, line.terms());
    byte[] text = line.text().getBytes(StandardCharsets.ISO_8859_1);
    for (int start = 0; start < text.length; start += DataLine.Text.STRING_BYTES) {
      int end = Math.min(text.length, start + DataLine.Text.STRING_BYTES);
      data.put8(end - start).put(text, start, end);
    }
    end();
  }

  private void addGeneric(DataLine.Generic line) throws IOException {
    begin(line.owner(), line.type(), line.terms().ttlSeconds(), line.terms());
    data.put(line.rdata());
    end();
  }

  private void begin(Name owner, RecordType type, Terms terms) {
    begin(owner, type.code(), terms.ttlSeconds(), terms);
  }

  private void begin(Name owner, int type, long ttlSeconds, Terms terms) {
    boolean wildcard = owner.byteAt(0) == 1 && owner.byteAt(1) == '*';
    int start = wildcard ? WILDCARD_LABEL_BYTES : 0;
    key.clear();
    for (int i = start; i < owner.length(); i++) {
      key.put8(NameBytes.lowerCase(owner.byteAt(i)));
    }
    beginData(type, wildcard, ttlSeconds, terms);
  }

  private void beginData(int type, boolean wildcard, long ttlSeconds, Terms terms) {
    data.clear();
    data.put16(type);
    if (terms.location() == 0) {
      data.put8(wildcard ? '*' : '=');
    } else {
      data.put8(wildcard ? '+' : '>').put16(terms.location());
    }
    data.put32((int) ttlSeconds).put64(terms.timestamp());
  }

  private void end() throws IOException {
    sink.add(key.bytes(), key.length(), data.bytes(), data.length());
  }
}
