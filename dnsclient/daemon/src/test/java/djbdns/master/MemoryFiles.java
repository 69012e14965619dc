package djbdns.master;

import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Master files in memory, the one to begin with being {@code zone}, and what is read from them. */
final class MemoryFiles implements MasterFiles, MasterSink {
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> records = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<MasterException> errors = new ArrayList<>();

  /** Lines of a file, which all end. */
  MemoryFiles with(String file, String... lines) {
    return with(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  MemoryFiles with(String file, byte[] bytes) {
    files.put(file, bytes);
    return this;
  }

  /** Reads the files as those of example.org. */
  MemoryFiles read() throws IOException {
    return read(this);
  }

  MemoryFiles read(MasterSink sink) throws IOException {
    reader(sink).read(open("zone"), "zone");
    return this;
  }

  MasterReader reader(MasterSink sink) {
    return new MasterReader(
        this, Name.ofWire("\7example\3org\0".getBytes(StandardCharsets.US_ASCII), 0), sink);
  }

  List<String> records() {
    return records;
  }

  List<String> warnings() {
    return warnings;
  }

  List<String> errors() {
    return errors.stream().map(MasterException::getMessage).toList();
  }

  /** Why files could not be read. */
  List<IOException> fileErrors() {
    return errors.stream().flatMap(error -> error.fileError().stream()).toList();
  }

  @Override
  public String resolve(String including, String name) {
    return name;
  }

  @Override
  public InputStream open(String file) throws IOException {
    if (!files.containsKey(file)) {
      throw new FileNotFoundException(file);
    }
    return new ByteArrayInputStream(files.get(file));
  }

  @Override
  public void record(Position position, ResourceRecord record) {
    records.add(position.line() + " " + record);
  }

  @Override
  public void warn(Position position, String what) {
    warnings.add(position + ": " + what);
  }

  @Override
  public void error(MasterException error) {
    errors.add(error);
  }
}
