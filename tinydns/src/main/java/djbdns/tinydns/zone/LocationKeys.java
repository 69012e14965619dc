package djbdns.tinydns.zone;

import djbdns.tinydns.cdb.RecordSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the locations of clients into records, in an order in which the first record of a key is
 * the one that counts. One thread.
 *
 * <pre>
 * key    "\0%" and the first octets of IPv4 addresses
 *        "\0%", 16 bytes of IPv6 address, later bits 0 | length in bits 1 |
 * data   | location 2 |
 * </pre>
 *
 * Servers of 1.05 look for whole octets only, and for the first record of a key. So an IPv4 network
 * whose length is no multiple of 8 becomes the up to 128 prefixes of whole octets that it consists
 * of, and these wait for the end of the file, the longest networks first: a shorter network never
 * hides a longer one.
 */
final class LocationKeys {
  private static final Comparator<DataLine.LocationNetwork> LONGEST_FIRST =
      Comparator.comparingInt((DataLine.LocationNetwork line) -> line.network().bits()).reversed();

  private final RecordSink sink;
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder data = new ByteBuilder();
  private final List<DataLine.LocationNetwork> waiting = new ArrayList<>();

  LocationKeys(RecordSink sink) {
    this.sink = sink;
  }

  void add(DataLine.LocationPrefix line) throws IOException {
    begin();
    key.put(line.prefix());
    end(line.location());
  }

  void add(DataLine.LocationNetwork line) throws IOException {
    switch (line.network().address()) {
      case Address.Ipv4 _ -> waiting.add(line);
      case Address.Ipv6 ipv6 -> {
        begin();
        key.put(ipv6.bytes()).put8(line.network().bits());
        end(line.location());
      }
    }
  }

  /** Adds what has been waiting: the file is at its end. */
  void finish() throws IOException {
    waiting.sort(LONGEST_FIRST);
    for (DataLine.LocationNetwork line : waiting) {
      if (line.network().address() instanceof Address.Ipv4 ipv4) {
        addOctets(line.location(), ipv4.bits(), line.network().bits());
      }
    }
    waiting.clear();
  }

  private void addOctets(int location, int bits, int length) throws IOException {
    int octets = length / Byte.SIZE + 1;
    int unused = Integer.SIZE - octets * Byte.SIZE;
    int prefixes = 1 << (octets * Byte.SIZE - length);
    for (int i = 0; i < prefixes; i++) {
      int prefix = bits + (i << unused);
      begin();
      for (int octet = 1; octet <= octets; octet++) {
        key.put8(prefix >>> (Integer.SIZE - octet * Byte.SIZE));
      }
      end(location);
    }
  }

  private void begin() {
    key.clear();
    key.put8(0).put8('%');
  }

  private void end(int location) throws IOException {
    data.clear();
    data.put16(location);
    sink.add(key.bytes(), key.length(), data.bytes(), data.length());
  }
}
