package djbdns.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.seccomp.SystemCalls.SystemCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the filter decides, by an interpreter of its bytes, and the numbers that it goes by. */
final class SystemCallFilterTest {
  private static final int PID = 4711;
  private static final int ALLOWED = 0;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EPROTONOSUPPORT = 93;
  private static final int EAFNOSUPPORT = 97;
  private static final int THREAD_FLAGS = 0x003d0f00;
  private static final int MAX_INSTRUCTIONS = 4096;

  /** What the kernel would do: the errno, or {@link #ALLOWED}. */
  private static int run(byte[] program, int auditNumber, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, number).putInt(4, auditNumber);
    for (int i = 0; i < arguments.length; i++) {
      data.putLong(16 + (8 * i), arguments[i]);
    }
    ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    int word = 0;
    int at = 0;
    while (true) {
      int offset = at * 8;
      int operand = code.getInt(offset + 4);
      int ifTrue = code.get(offset + 2) & 0xff;
      int ifFalse = code.get(offset + 3) & 0xff;
      at++;
      switch (code.getShort(offset)) {
        case 0x20 -> word = data.getInt(operand);
        case 0x15 -> at += word == operand ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(word, operand) >= 0 ? ifTrue : ifFalse;
        case 0x45 -> at += (word & operand) != 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return result(operand);
        }
        default -> throw new AssertionError("instruction " + code.getShort(offset));
      }
    }
  }

  private static int result(int action) {
    if (action == 0x7fff0000) {
      return ALLOWED;
    }
    assertEquals(0x00050000, action & 0xffff0000);
    return action & 0xffff;
  }

  private static int run(Machine machine, SystemCall call, long... arguments) {
    return run(machine, call.number(machine), arguments);
  }

  private static int run(Machine machine, int number, long... arguments) {
    byte[] program = SystemCallFilter.forDaemon(machine, PID).toBytes();
    return run(program, machine.auditNumber(), number, arguments);
  }

  @ParameterizedTest
  @EnumSource
  void shouldDecideOnEveryNumberAsTheListsSay(Machine machine) {
    Map<Integer, Integer> expected = new HashMap<>();
    SystemCalls.DENIED.forEach(call -> expected.put(call.number(machine), EPERM));
    expected.put(SystemCalls.CLONE.number(machine), EPERM);
    expected.put(SystemCalls.CLONE3.number(machine), ENOSYS);
    expected.put(SystemCalls.SOCKET.number(machine), EAFNOSUPPORT);
    expected.put(SystemCalls.TGKILL.number(machine), EPERM);
    for (int number = 0; number <= SystemCalls.LAST_KNOWN; number++) {
      assertEquals(expected.getOrDefault(number, ALLOWED), run(machine, number), "call " + number);
    }
    for (int number : new int[] {470, 1000, 0x40000000, 0x4000003b, Integer.MIN_VALUE, -1}) {
      assertEquals(ENOSYS, run(machine, number), "call " + number);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldDenyEveryCallOfAnotherMachine(Machine machine) {
    byte[] program = SystemCallFilter.forDaemon(machine, PID).toBytes();
    int i386 = 0x40000003;
    for (int number = 0; number < 500; number++) {
      assertEquals(EPERM, run(program, i386, number));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetThreadsBeginButNoProcesses(Machine machine) {
    assertEquals(ALLOWED, run(machine, SystemCalls.CLONE, THREAD_FLAGS));
    assertEquals(EPERM, run(machine, SystemCalls.CLONE, 17));
    assertEquals(EPERM, run(machine, SystemCalls.CLONE, 0x4111));
    assertEquals(EPERM, run(machine, SystemCalls.CLONE, THREAD_FLAGS | 0x10000000));
    assertEquals(EPERM, run(machine, SystemCalls.CLONE, 1L << 48));
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetUdpAndTcpSocketsBeOpened(Machine machine) {
    assertEquals(ALLOWED, run(machine, SystemCalls.SOCKET, 2, 2 | 0x80000, 0));
    assertEquals(ALLOWED, run(machine, SystemCalls.SOCKET, 10, 1, 6));
    assertEquals(ALLOWED, run(machine, SystemCalls.SOCKET, 10, 2, 17));
    assertEquals(EPROTONOSUPPORT, run(machine, SystemCalls.SOCKET, 2, 1, 132));
    for (int family : new int[] {0, 1, 3, 9, 11, 16, 17, 38, 40, 44}) {
      assertEquals(EAFNOSUPPORT, run(machine, SystemCalls.SOCKET, family, 1, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetSignalsGoToTheProcessItself(Machine machine) {
    assertEquals(ALLOWED, run(machine, SystemCalls.TGKILL, PID, PID + 1, 6));
    assertEquals(EPERM, run(machine, SystemCalls.TGKILL, PID + 1, PID + 1, 6));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDenyFewRequestsOfCallsThatHaveMany(Machine machine) {
    assertEquals(EPERM, run(machine, SystemCalls.IOCTL, 0, 0x5412));
    assertEquals(EPERM, run(machine, SystemCalls.IOCTL, 0, 0x5412 | (1L << 32)));
    assertEquals(ALLOWED, run(machine, SystemCalls.IOCTL, 0, 0x541b));
    assertEquals(EPERM, run(machine, SystemCalls.PRCTL, 22, 2));
    assertEquals(ALLOWED, run(machine, SystemCalls.PRCTL, 15, 0));
  }

  @Test
  void shouldAllowEverythingWhenItIsOff() {
    byte[] program = SystemCallFilter.allowingEverything().toBytes();
    assertEquals(ALLOWED, run(program, Machine.X86_64.auditNumber(), 59));
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeWhatTheKernelAccepts(Machine machine) {
    List<Instruction> program = SystemCallFilter.forDaemon(machine, PID).program();
    assertTrue(program.size() <= MAX_INSTRUCTIONS);
    for (int i = 0; i < program.size(); i++) {
      int furthest = Math.max(program.get(i).jumpIfTrue(), program.get(i).jumpIfFalse());
      assertTrue(i + furthest < program.size() - 1 || program.get(i).code() == Instruction.RETURN);
    }
    assertEquals(Instruction.RETURN, program.getLast().code());
  }

  @Test
  void shouldKnowTheMachinesByJavasNames() {
    assertEquals(Optional.of(Machine.X86_64), Machine.of("amd64"));
    assertEquals(Optional.of(Machine.AARCH64), Machine.of("aarch64"));
    assertEquals(Optional.empty(), Machine.of("riscv64"));
  }

  private static List<SystemCall> allCalls() {
    List<SystemCall> all = new ArrayList<>(SystemCalls.DENIED);
    all.add(SystemCalls.CLONE);
    all.add(SystemCalls.CLONE3);
    all.add(SystemCalls.SOCKET);
    all.add(SystemCalls.TGKILL);
    all.add(SystemCalls.IOCTL);
    all.add(SystemCalls.PRCTL);
    return all;
  }

  @Test
  void shouldListEachCallOnce() {
    Set<String> names = new HashSet<>();
    for (SystemCall call : allCalls()) {
      assertTrue(names.add(call.name()), call.name());
    }
    assertFalse(names.contains("futex"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheNumbersOfTheKernelsHeaders(Machine machine) throws IOException {
    Path header =
        Path.of(
            switch (machine) {
              case X86_64 -> "/usr/include/x86_64-linux-gnu/asm/unistd_64.h";
              case AARCH64 -> "/usr/include/asm-generic/unistd.h";
            });
    assumeTrue(Files.exists(header), "Debian package linux-libc-dev has no " + header);
    Map<String, Integer> numbers = new HashMap<>();
    Pattern definition = Pattern.compile("#define __NR_(\\w+)\\s+(\\d+)\\s*");
    for (String line : Files.readAllLines(header)) {
      Matcher matcher = definition.matcher(line);
      if (matcher.matches()) {
        numbers.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
      }
    }
    int newest = numbers.get("syscalls") == null ? 450 : numbers.get("syscalls") - 1;
    for (SystemCall call : allCalls()) {
      if (call.number(machine) <= newest) {
        assertEquals(
            numbers.getOrDefault(call.name(), SystemCalls.NONE), call.number(machine), call.name());
      }
    }
    assertEquals(numbers.get("seccomp"), machine.seccompNumber());
  }
}
