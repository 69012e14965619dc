package djbdns.tinydns.zone;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.tinydns.cdb.CdbImage;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.cdb.MemoryChannel;
import java.io.IOException;

class ZoneFuzzTest {
  /** Any bytes are data lines, or are refused; what comes out is a well-formed database. */
  @FuzzTest
  void shouldCompileOrRefuseAnyBytes(byte[] file) throws IOException {
    MemoryChannel channel = new MemoryChannel();
    CdbWriter writer = new CdbWriter(channel);
    ZoneCompiler compiler = new ZoneCompiler(writer, 1);
    LineParser parser = new LineParser(ZoneFuzzTest::checkPrintable);
    long lineNumber = 0;
    int start = 0;
    while (start < file.length) {
      int end = start;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      try {
        compiler.compile(parser.parse(file, start, end, ++lineNumber));
      } catch (DataException e) {
        checkPrintable(new Problem(lineNumber, e.getMessage()));
      }
      start = end + 1;
    }
    compiler.finish();
    writer.finish();
    new CdbImage(channel.bytes()).entries();
  }

  private static void checkPrintable(Problem problem) {
    if (!problem.toString().chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new AssertionError("not printable: " + problem);
    }
  }
}
