package djbdns.supervise.chain;

import djbdns.posix.PosixException;
import djbdns.posix.ResourceLimits;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.ResourceLimits.Resource;
import djbdns.runtime.Program;
import djbdns.runtime.ShortOptions;
import djbdns.runtime.ShortOptions.Option;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code softlimit}: runs a program with new soft limits. They are set at the last moment, since a
 * JVM may not be able to live with them. Source: softlimit.c.
 */
public final class Softlimit {
  private static final String SYNOPSIS =
      "[-a allbytes] [-c corebytes] [-d databytes] [-f filebytes] [-l lockbytes] [-m membytes]"
          + " [-o openfiles] [-p processes] [-r residentbytes] [-s stackbytes] [-t cpusecs] child";
  private static final String OPTIONS = "a:c:d:f:l:m:o:p:r:s:t:";

  /** The value that stands for the hard limit. */
  private static final String HARD = "=";

  private final Program program;
  private final ChainCommand command;
  private final ResourceLimits limits = new ResourceLimits();
  private final Map<Resource, Long> softLimits = new EnumMap<>(Resource.class);

  private Softlimit(Program program, ChainCommand command) {
    this.program = program;
    this.command = command;
  }

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand("softlimit", SYNOPSIS, "Run a program with new soft limits.");
    command.run(args, 0, (program, words) -> new Softlimit(program, command).run(words));
  }

  private void run(List<String> words) throws Exception {
    ShortOptions.Parsed parsed =
        new ShortOptions(program, OPTIONS, command.usage()).parse(words.toArray(String[]::new));
    for (Option option : parsed.options()) {
      for (Resource resource : resources(option.letter())) {
        softLimits.put(resource, softLimit(resource, option.value()));
      }
    }
    if (parsed.operands().isEmpty()) {
      throw command.usage();
    }
    throw new NextProgram(program, parsed.operands()).run(softLimits);
  }

  private static List<Resource> resources(char letter) {
    return switch (letter) {
      case 'a' -> List.of(Resource.AS);
      case 'c' -> List.of(Resource.CORE);
      case 'd' -> List.of(Resource.DATA);
      case 'f' -> List.of(Resource.FSIZE);
      case 'l' -> List.of(Resource.MEMLOCK);
      case 'm' -> List.of(Resource.DATA, Resource.STACK, Resource.MEMLOCK, Resource.AS);
      case 'o' -> List.of(Resource.NOFILE);
      case 'p' -> List.of(Resource.NPROC);
      case 'r' -> List.of(Resource.RSS);
      case 's' -> List.of(Resource.STACK);
      case 't' -> List.of(Resource.CPU);
      default -> throw new AssertionError(letter);
    };
  }

  private long softLimit(Resource resource, String value) {
    Limit present = present(resource);
    if (value.equals(HARD)) {
      return present.hard();
    }
    long wanted = parse(value).orElseThrow(command::usage);
    return Long.compareUnsigned(wanted, present.hard()) > 0 ? present.hard() : wanted;
  }

  private Limit present(Resource resource) {
    try {
      return limits.get(resource);
    } catch (PosixException e) {
      throw program.fatal("getrlimit failed", e);
    }
  }

  /**
   * Reads an unsigned number, modulo 2<sup>64</sup> and 0 if there is no digit: scan_ulong.c.
   *
   * @return nothing if there is anything but digits
   */
  static OptionalLong parse(String text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      number = 10 * number + digit;
    }
    return OptionalLong.of(number);
  }
}
