package djbdns.tinydns.rules;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.runtime.LineReader;
import djbdns.tinydns.cdb.CdbImage;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.cdb.MemoryChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class RulesFuzzTest {
  /** Any bytes are rules, or are refused; what comes out is a well-formed database. */
  @FuzzTest
  void shouldCompileOrRefuseAnyBytes(byte[] file) throws IOException {
    MemoryChannel channel = new MemoryChannel();
    CdbWriter writer = new CdbWriter(channel);
    RuleCompiler compiler = new RuleCompiler(writer);
    LineReader lines = new LineReader(new ByteArrayInputStream(file));
    while (lines.next()) {
      try {
        compiler
            .compile(lines.bytes(), lines.start(), lines.end())
            .ifPresent(RulesFuzzTest::checkPrintable);
      } catch (RuleException e) {
        checkPrintable(e.getMessage());
      }
    }
    writer.finish();
    new CdbImage(channel.bytes()).entries();
  }

  private static void checkPrintable(String problem) {
    if (!problem.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new AssertionError("not printable: " + problem);
    }
  }
}
