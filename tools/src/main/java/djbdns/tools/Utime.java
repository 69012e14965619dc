package djbdns.tools;

import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Decimal;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import java.util.List;

/** utime: sets the times of a file (utime.c). Says nothing, whatever happens. */
final class Utime implements Tool {
  public static void main(String[] args) {
    ToolMain.run("utime", new Utime(), args);
  }

  @Override
  public boolean asksCaches() {
    return false;
  }

  @Override
  public CommandLine commandLine(Program program) {
    return new CommandLine(
        program, "file seconds", "Sets the times of a file, in seconds since 1970.");
  }

  @Override
  public void run(Program program, String[] args, Host host) {
    List<String> operands = commandLine(program).parse(args, 0, Integer.MAX_VALUE).operands();
    if (operands.size() < 2) {
      throw program.silent(ExitCode.USAGE);
    }
    try {
      new FileSystem()
          .setTimes(FileSystem.CURRENT, operands.getFirst(), Decimal.scan(operands.get(1)));
    } catch (PosixException e) {
      throw program.silent(ExitCode.SYSTEM);
    }
  }
}
