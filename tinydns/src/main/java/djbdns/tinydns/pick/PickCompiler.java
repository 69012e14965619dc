package djbdns.tinydns.pick;

import djbdns.tinydns.cdb.RecordSink;
import djbdns.tinydns.zone.Address;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.DecimalScanner;
import djbdns.tinydns.zone.Fields;
import djbdns.tinydns.zone.ForeignLine;
import djbdns.tinydns.zone.Problem;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns lines of pickdns's data into database records, the same ones as pickdns-data.c. One thread.
 *
 * <pre>
 * +fqdn:a.b.c.d:lo   key: + lo name     data: the addresses of all such lines
 * %lo:prefix         key: % octets      data: lo
 * </pre>
 */
public final class PickCompiler {
  private static final int LOCATION_BYTES = 2;
  private static final int OCTETS = 4;

  private final RecordSink records;
  private final ProblemSink problems;
  private final Fields fields = new Fields();
  private final DecimalScanner scanner = new DecimalScanner();
  private final List<PickedAddress> addresses = new ArrayList<>();

  public PickCompiler(RecordSink records, ProblemSink problems) {
    this.records = records;
    this.problems = problems;
  }

  /**
   * Takes the next line, which may end with its newline.
   *
   * @throws DataException if 1.05 refuses it
   */
  public void compile(byte[] bytes, int start, int end, long lineNumber)
      throws DataException, IOException {
    int stop = Fields.trimmedEnd(bytes, start, end);
    if (stop == start || bytes[start] == '#' || bytes[start] == '-') {
      return;
    }
    fields.split(bytes, start + 1, stop);
    switch (bytes[start]) {
      case '+' -> addresses.add(address(bytes, lineNumber));
      case '%' -> addLocation(bytes, lineNumber);
      default -> {
        report(lineNumber, ForeignLine.leadingCharacter(bytes[start]));
        throw DataException.leadingCharacter(lineNumber);
      }
    }
  }

  private PickedAddress address(byte[] bytes, long lineNumber) throws DataException {
    Name name = name(bytes, lineNumber);
    scanner.start(bytes, fields.start(1), fields.end(1));
    int address = 0;
    for (int i = 0; i < OCTETS; i++) {
      if ((i > 0 && !scanner.skip('.')) || !scanner.number(255)) {
        throw DataException.unparsable(lineNumber, "malformed IP address");
      }
      address = (address << 8) | ((int) scanner.value() & 0xff);
    }
    if (scanner.tooBig() || !scanner.atEnd()) {
      report(lineNumber, "bad IP address, taken as " + new Address.Ipv4(address));
    }
    return new PickedAddress(location(bytes, 2, lineNumber), name, address);
  }

  private Name name(byte[] bytes, long lineNumber) throws DataException {
    int start = fields.start(0);
    int length = fields.end(0) - start;
    try {
      Name name = Name.parse(bytes, start, length).lowerCase();
      String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
      if (!name.isRoot() && Name.hasEmptyLabel(text)) {
        report(lineNumber, "empty label in a name (left out)");
      }
      return name;
    } catch (MalformedTextException e) {
      throw DataException.outOfMemory();
    }
  }

  /** The first two bytes of a field, zero where it is shorter. */
  private int location(byte[] bytes, int field, long lineNumber) {
    int start = fields.start(field);
    int length = fields.end(field) - start;
    if (length > LOCATION_BYTES) {
      report(lineNumber, "only the first two bytes of the location are used");
    }
    int first = length > 0 ? bytes[start] & 0xff : 0;
    int second = length > 1 ? bytes[start + 1] & 0xff : 0;
    return (first << 8) | second;
  }

  private void addLocation(byte[] bytes, long lineNumber) throws IOException {
    int location = location(bytes, 0, lineNumber);
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.write('%');
    scanner.start(bytes, fields.start(1), fields.end(1));
    boolean more = true;
    while (more) {
      boolean dot = scanner.skip('.');
      more = dot || scanner.number(255);
      if (more && !dot) {
        key.write((int) scanner.value());
      }
    }
    if (scanner.tooBig() || !scanner.atEnd()) {
      report(lineNumber, "bad prefix, taken as " + (key.size() - 1) + " octets");
    }
    if (key.size() == 1 || key.size() > 1 + OCTETS) {
      report(lineNumber, "a prefix must have one to four octets: never found");
    }
    add(key.toByteArray(), new byte[] {(byte) (location >> 8), (byte) location});
  }

  /** Adds the addresses, those of a name and location in one record. */
  public void finish() throws IOException {
    PickedAddress.sort(addresses);
    int i = 0;
    while (i < addresses.size()) {
      PickedAddress first = addresses.get(i);
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      while (i < addresses.size() && PickedAddress.ORDER.compare(first, addresses.get(i)) == 0) {
        data.writeBytes(ByteBuffer.allocate(OCTETS).putInt(addresses.get(i).address()).array());
        i++;
      }
      add(key(first), data.toByteArray());
    }
  }

  private static byte[] key(PickedAddress picked) {
    byte[] name = picked.name().toWire();
    return ByteBuffer.allocate(1 + LOCATION_BYTES + name.length)
        .put("+".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) picked.location())
        .put(name)
        .array();
  }

  private void add(byte[] key, byte[] data) throws IOException {
    records.add(key, key.length, data, data.length);
  }

  private void report(long lineNumber, String text) {
    problems.report(new Problem(lineNumber, text));
  }
}
