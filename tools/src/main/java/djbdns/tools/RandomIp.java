package djbdns.tools;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Decimal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.util.List;

/** random-ip: prints different IPv4 addresses in a random order (random-ip.c). */
final class RandomIp implements Tool {
  private static final int OCTETS = 4;
  private static final int OCTET_MASK = 0xff;
  private static final long DEFAULT_COUNT = 10_000;
  private static final int BLOCK = 512;
  private static final int LINE_BYTES = "255.255.255.255\n".length();

  public static void main(String[] args) {
    ToolMain.run("random-ip", new RandomIp(), args);
  }

  @Override
  public boolean asksCaches() {
    return false;
  }

  @Override
  public CommandLine commandLine(Program program) {
    return new CommandLine(
        program,
        "[ count [ a [ b [ c [ d ] ] ] ] ]",
        "Prints different IPv4 addresses in a random order, those in a.b.c if told so.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    List<String> operands = commandLine(program).parse(args, 0, Integer.MAX_VALUE).operands();
    long count = operands.isEmpty() ? DEFAULT_COUNT : Decimal.scan(operands.getFirst());
    int fixed = Math.clamp(operands.size() - 1, 0, OCTETS);
    int prefix = 0;
    for (int i = 0; i < fixed; i++) {
      int octet = (int) Decimal.scan(operands.get(1 + i)) & OCTET_MASK;
      prefix |= octet << (Byte.SIZE * (OCTETS - 1 - i));
    }
    if (fixed > 0) {
      long different = 1L << (Byte.SIZE * (OCTETS - fixed));
      count = Long.compareUnsigned(count, different) > 0 ? different : count;
    }
    print(count, prefix, new AddressScrambler(OCTETS - fixed, host.random()), host.out());
  }

  /** Prints the addresses of the numbers below {@code count}, the highest first. */
  private static void print(long count, int prefix, AddressScrambler scrambler, Output out)
      throws IOException {
    int[] block = new int[BLOCK];
    byte[] lines = new byte[BLOCK * LINE_BYTES];
    long left = count;
    while (left != 0) {
      int size = Long.compareUnsigned(left, BLOCK) < 0 ? (int) left : BLOCK;
      for (int i = 0; i < size; i++) {
        block[i] = (int) --left;
      }
      scrambler.scramble(block);
      int length = 0;
      for (int i = 0; i < size; i++) {
        length = append(lines, length, prefix | block[i]);
      }
      out.put(lines, length);
    }
  }

  /** Appends an address and a newline and returns the new length. */
  private static int append(byte[] lines, int length, int address) {
    int next = length;
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      int octet = (address >>> shift) & OCTET_MASK;
      if (octet >= 100) {
        lines[next++] = (byte) ('0' + octet / 100);
      }
      if (octet >= 10) {
        lines[next++] = (byte) ('0' + octet / 10 % 10);
      }
      lines[next++] = (byte) ('0' + octet % 10);
      lines[next++] = (byte) (shift == 0 ? '\n' : '.');
    }
    return next;
  }
}
