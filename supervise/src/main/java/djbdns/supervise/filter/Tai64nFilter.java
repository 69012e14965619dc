package djbdns.supervise.filter;

import djbdns.runtime.Program;
import java.time.InstantSource;

/** {@code tai64n}: puts the time before each line. */
public final class Tai64nFilter {
  private Tai64nFilter() {}

  public static void main(String[] args) {
    Program program = new Program("tai64n");
    program.run(() ->
        new Filter(program)
            .run(
                args,
                "Put a TAI64N time stamp before each line of standard input.",
                new LineStamper(InstantSource.system())));
  }
}
