package djbdns.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.text.MasterText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

class MasterReaderFuzzTest {
  private static final int ENOUGH = 2000;

  /** Ends a run that makes more records than it is worth. */
  private static final class EnoughException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Any bytes are a master file or are refused; what is read can be written and read again. */
  @FuzzTest
  void shouldReadOrRefuseAnyBytes(byte[] file) throws IOException {
    try {
      new MemoryFiles()
          .with("zone", file)
          .with("other", "$TTL 60", "x A 192.0.2.1")
          .read(new Check());
    } catch (EnoughException _) {
      return;
    }
  }

  private static final class Check implements MasterSink {
    private int count;

    @Override
    public void record(Position position, ResourceRecord record) throws IOException {
      if (++count > ENOUGH) {
        throw new EnoughException();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] data = record.rdata().toWire().toArray();
      new MasterWriter(out).write(record.owner(), record.type(), record.ttlSeconds(), data);
      String[] fields = out.toString(StandardCharsets.ISO_8859_1).strip().split("\t", 5);
      try {
        assertEquals(record.owner(), MasterText.parseName(fields[0], Name.ROOT));
        String text = fields.length < 5 ? "" : fields[4];
        Rdata again = Rdata.parse(record.type(), text, Name.ROOT);
        assertEquals(record.rdata().toWire(), again.toWire());
      } catch (MalformedTextException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void warn(Position position, String what) {}

    @Override
    public void error(MasterException error) {
      if (!error.getMessage().matches("(zone|other):[1-9][0-9]*: .{1,163}")) {
        throw new AssertionError(error);
      }
    }
  }
}
