package djbdns.tinydns.cdb;

import java.io.IOException;

/** Takes the records of a database one by one, in the order in which the file shall have them. */
@FunctionalInterface
public interface RecordSink {
  /**
   * Takes a record: the first {@code keyLength} bytes of {@code key} and the first {@code
   * dataLength} bytes of {@code data}. The arrays stay the caller's.
   */
  void add(byte[] key, int keyLength, byte[] data, int dataLength) throws IOException;
}
