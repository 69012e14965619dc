package djbdns.tinydns.axfrget;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.LineParser;
import djbdns.transfer.Connection;
import djbdns.transfer.Messages;
import djbdns.transfer.TransferException;
import djbdns.transfer.TransferReader;
import djbdns.transfer.ZoneQuery;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Whatever a primary sends, it is refused, or the lines made of it are good data. */
final class TransferFuzzTest {
  private static final Name ZONE = Name.ofWire(new byte[] {1, 'z', 0}, 0);
  private static final int LIMIT_BYTES = 100_000;

  /** The ID is given away, or no input would ever get beyond it. */
  private static final RandomGenerator NO_RANDOM = () -> 0;

  private static final Pattern FAULT_OF_RECORD = Pattern.compile("[A-Z0-9-]+ of \\S+: ");

  /** The bytes of a connection: messages, each behind its length. */
  @FuzzTest(maxDuration = "60s")
  void shouldRefuseOrWriteGoodData(byte[] bytes) throws IOException, DataException {
    ZoneQuery query = new ZoneQuery(ZONE, Optional.empty(), NO_RANDOM, () -> 0);
    query.query(RecordType.AXFR);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Messages messages = new Messages(new RecordedConnection(bytes), 1000, () -> 0);
    TransferReader reader = new TransferReader(query, new ZoneLines(out), LIMIT_BYTES);
    try {
      while (!reader.read(messages.packet(), messages.receive())) {
        check(out);
      }
    } catch (TransferException _) {
      check(out);
      return;
    }
    check(out);
  }

  /** A record may have a fault of its own, as it has come; the line must say what has come. */
  private static void check(ByteArrayOutputStream out) throws DataException {
    LineParser parser =
        new LineParser(problem -> {
          if (!FAULT_OF_RECORD.matcher(problem.text()).lookingAt()) {
            throw new AssertionError(problem.toString());
          }
        });
    long number = 0;
    for (String line : out.toString(StandardCharsets.ISO_8859_1).split("\n", -1)) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
      parser.parse(bytes, 0, bytes.length, ++number);
    }
  }

  /** What was recorded, and then the end. */
  private static final class RecordedConnection implements Connection {
    private final byte[] bytes;
    private int position;

    RecordedConnection(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(byte[] query) {
      throw new AssertionError("a query");
    }

    @Override
    public int read(byte[] target, int offset, int timeoutMs) {
      int count = Math.min(bytes.length - position, target.length - offset);
      System.arraycopy(bytes, position, target, offset, count);
      position += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() {}
  }
}
