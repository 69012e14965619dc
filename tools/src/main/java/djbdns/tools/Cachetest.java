package djbdns.tools;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import java.io.IOException;

/** cachetest: puts data into a cache of 1.05's kind, and gets it back (cachetest.c). */
final class Cachetest implements Tool {
  private static final int CACHE_BYTES = 200;

  public static void main(String[] args) {
    ToolMain.run("cachetest", new Cachetest(), args);
  }

  @Override
  public boolean asksCaches() {
    return false;
  }

  @Override
  public CommandLine commandLine(Program program) {
    return new CommandLine(
        program,
        "[ key:data | key ] ...",
        "Sets data of keys in a cache of 200 bytes, and prints the data that it still has.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    FifoCache cache = new FifoCache(CACHE_BYTES);
    for (String operand : commandLine(program).parse(args, 0, Integer.MAX_VALUE).operands()) {
      int colon = operand.indexOf(':');
      if (colon >= 0) {
        cache.set(operand.substring(0, colon), operand.substring(colon + 1));
      } else {
        host.out().put(cache.get(operand).orElse("")).put("\n");
      }
    }
  }
}
