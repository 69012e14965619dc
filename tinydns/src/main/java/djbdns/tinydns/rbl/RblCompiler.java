package djbdns.tinydns.rbl;

import djbdns.tinydns.cdb.RecordSink;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.DecimalScanner;
import djbdns.tinydns.zone.Fields;
import djbdns.tinydns.zone.Problem;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.AddressPrefix;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns lines of rbldns's data into database records, the same ones as rbldns-data.c for every line
 * that it knows. One thread.
 *
 * <pre>
 * a.b.c.d or a.b.c.d/n   key: four octets, n   data: none
 * IPv6, IPv6/n           key: 16 octets, n     data: none
 * :a.b.c.d:text          key: none             data: four octets, text
 * </pre>
 */
public final class RblCompiler {
  private static final int IPV4_BYTES = AddressText.IPV4_BYTES;
  private static final int IPV4_BITS = 32;
  private static final byte[] NOTHING = {};

  private final RecordSink records;
  private final ProblemSink problems;
  private final DecimalScanner scanner = new DecimalScanner();
  private final byte[] key = new byte[AddressText.IPV6_BYTES + 1];

  public RblCompiler(RecordSink records, ProblemSink problems) {
    this.records = records;
    this.problems = problems;
  }

  /**
   * Takes the next line, which may end with its newline.
   *
   * @throws DataException if 1.05 refuses it, and it is no IPv6 address either
   */
  public void compile(byte[] bytes, int start, int end, long lineNumber)
      throws DataException, IOException {
    int stop = Fields.trimmedEnd(bytes, start, end);
    if (stop == start || bytes[start] == '#') {
      return;
    }
    if (bytes[start] == ':') {
      compileAnswer(bytes, start + 1, stop, lineNumber);
      return;
    }
    Optional<AddressPrefix> ipv6 = ipv6(bytes, start, stop);
    if (ipv6.isPresent()) {
      compileIpv6(ipv6.get(), lineNumber);
    } else if (bytes[start] >= '0' && bytes[start] <= '9') {
      compileIpv4(bytes, start, stop, lineNumber);
    } else {
      report(lineNumber, "neither an address nor a block of addresses");
      throw DataException.leadingCharacter(lineNumber);
    }
  }

  private void compileAnswer(byte[] bytes, int start, int stop, long lineNumber)
      throws DataException, IOException {
    int colon = start;
    while (colon < stop && bytes[colon] != ':') {
      colon++;
    }
    if (colon == stop) {
      throw DataException.unparsable(lineNumber, "missing colon");
    }
    scanner.start(bytes, start, colon);
    byte[] data = new byte[IPV4_BYTES + stop - colon - 1];
    for (int i = 0; i < IPV4_BYTES; i++) {
      if ((i > 0 && !scanner.skip('.')) || !scanner.number(255)) {
        throw DataException.unparsable(lineNumber, "malformed IP address");
      }
      data[i] = (byte) scanner.value();
    }
    if (!scanner.atEnd()) {
      throw DataException.unparsable(lineNumber, "malformed IP address");
    }
    System.arraycopy(bytes, colon + 1, data, IPV4_BYTES, data.length - IPV4_BYTES);
    if (scanner.tooBig()) {
      report(lineNumber, "a number of the address is above 255");
    }
    if (data.length > RblData.ANSWER_BYTES) {
      report(lineNumber, "only 96 bytes of the text are used");
    }
    records.add(NOTHING, 0, data, data.length);
  }

  private static Optional<AddressPrefix> ipv6(byte[] bytes, int start, int stop) {
    int i = start;
    while (i < stop && bytes[i] != ':' && bytes[i] != '.') {
      i++;
    }
    // Most lines are IPv4; only the others are worth a string.
    return i < stop && bytes[i] == ':'
        ? AddressPrefix.parse(new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1))
            .filter(prefix -> prefix.address().length() == AddressText.IPV6_BYTES)
        : Optional.empty();
  }

  private void compileIpv6(AddressPrefix prefix, long lineNumber) throws IOException {
    if (prefix.isMappedIpv4()) {
      report(lineNumber, "IPv4 addresses are looked up in their own form");
    }
    System.arraycopy(prefix.address().toArray(), 0, key, 0, AddressText.IPV6_BYTES);
    key[AddressText.IPV6_BYTES] = (byte) prefix.bits();
    records.add(key, key.length, NOTHING, 0);
  }

  /** Any numbers with dots between them; as many as are there, up to four, then the length. */
  private void compileIpv4(byte[] bytes, int start, int stop, long lineNumber) throws IOException {
    scanner.start(bytes, start, stop);
    int octets = 0;
    byte[] address = new byte[IPV4_BYTES];
    boolean more = true;
    while (more && scanner.number(255)) {
      if (octets < IPV4_BYTES) {
        address[octets] = (byte) scanner.value();
      }
      octets++;
      more = scanner.skip('.');
    }
    boolean odd = scanner.tooBig() || octets > IPV4_BYTES;
    int bits = IPV4_BITS;
    if (scanner.skip('/')) {
      odd |= !scanner.number(255) || Long.compareUnsigned(scanner.value(), IPV4_BITS) > 0;
      bits = Long.compareUnsigned(scanner.value(), IPV4_BITS) > 0 ? bits : (int) scanner.value();
    }
    System.arraycopy(address, 0, key, 0, IPV4_BYTES);
    key[IPV4_BYTES] = (byte) bits;
    records.add(key, IPV4_BYTES + 1, NOTHING, 0);
    reportIpv4(address, bits, odd || more || !scanner.atEnd(), lineNumber);
  }

  private void reportIpv4(byte[] address, int bits, boolean odd, long lineNumber) {
    String taken = AddressText.of(Bytes.of(address.clone())) + "/" + bits;
    AddressPrefix prefix = new AddressPrefix(Bytes.of(address.clone()), bits);
    if (odd) {
      report(lineNumber, "bad IP address, taken as " + taken);
    }
    if (bits < RblData.SHORTEST_IPV4) {
      report(lineNumber, "blocks shorter than /8 are never found");
    } else if (!prefix.toString().equals(taken)) {
      report(lineNumber, "never found: the block is " + prefix);
    }
  }

  private void report(long lineNumber, String text) {
    problems.report(new Problem(lineNumber, text));
  }
}
