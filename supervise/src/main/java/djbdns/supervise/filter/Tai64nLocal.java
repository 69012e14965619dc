package djbdns.supervise.filter;

import djbdns.posix.LocalTime;
import djbdns.runtime.Program;

/** {@code tai64nlocal}: makes time stamps readable. */
public final class Tai64nLocal {
  private Tai64nLocal() {}

  public static void main(String[] args) {
    Program program = new Program("tai64nlocal");
    program.run(() ->
        new Filter(program)
            .run(
                args,
                "Print TAI64N time stamps at the start of lines as local time.",
                new StampReader(new LocalTime.Converter()::of)));
  }
}
