package djbdns.seccomp;

import static djbdns.seccomp.Instruction.allow;
import static djbdns.seccomp.Instruction.fail;
import static djbdns.seccomp.Instruction.ifEqualSkip;
import static djbdns.seccomp.Instruction.ifNotBelowSkip;
import static djbdns.seccomp.Instruction.load;
import static djbdns.seccomp.Instruction.unlessAnyBitSkip;
import static djbdns.seccomp.Instruction.unlessEqualSkip;

import djbdns.seccomp.SystemCalls.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program for seccomp(2) that takes from a process what a daemon has no use for once it serves:
 * whatever starts programs or processes, reaches other processes, opens sockets other than UDP and
 * TCP, changes who it is or what it sees, or belongs to the machine. What is not on the list goes
 * on: libc and the JVM differ from version to version in what they use. Calls that are newer than
 * the list do not exist for the process.
 *
 * <p>A call finds its place by binary search. Linux 5.11 and later does not even run the program
 * for calls that are allowed whatever their arguments.
 */
public final class SystemCallFilter {
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EPROTONOSUPPORT = 93;
  private static final int EAFNOSUPPORT = 97;

  // struct seccomp_data of linux/seccomp.h; arguments have 64 bits, the lower half first. That is
  // all that the kernel looks at of those that matter here.
  private static final int NUMBER_OFFSET = 0;
  private static final int MACHINE_OFFSET = 4;
  private static final int ARGUMENTS_OFFSET = 16;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IPPROTO_IP = 0;
  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_UDP = 17;
  private static final int CLONE_THREAD = 0x10000;

  /** Every CLONE_NEW flag of linux/sched.h that fits next to a thread's flags. */
  private static final int CLONE_NAMESPACES = 0x7e020000;

  /** Types for the reader at a terminal, asm-generic/ioctls.h: TIOCSTI, TIOCLINUX. */
  private static final int[] TERMINAL_INPUT = {0x5412, 0x541c};

  /** PR_SET_DUMPABLE, PR_SET_SECCOMP and PR_SET_PTRACER of linux/prctl.h. */
  private static final int[] PROCESS_CONTROL = {4, 22, 0x59616d61};

  private final List<Instruction> program;

  private SystemCallFilter(List<Instruction> program) {
    this.program = List.copyOf(program);
  }

  /** Takes nothing. Given to all threads it still has the kernel set no_new_privs for them. */
  public static SystemCallFilter allowingEverything() {
    return new SystemCallFilter(List.of(allow()));
  }

  /**
   * For a daemon.
   *
   * @param pid its process: the only one that it may send signals to
   */
  public static SystemCallFilter forDaemon(Machine machine, int pid) {
    SortedMap<Integer, List<Instruction>> ranges = ranges(machine, pid);
    List<Instruction> search = search(new ArrayList<>(ranges.entrySet()));
    List<Instruction> program = new ArrayList<>();
    program.add(load(MACHINE_OFFSET));
    program.add(ifEqualSkip(machine.auditNumber(), 1));
    program.add(fail(EPERM));
    program.add(load(NUMBER_OFFSET));
    program.addAll(search);
    return new SystemCallFilter(program);
  }

  /** From the first number of each range to what is done with calls of that range. */
  private static SortedMap<Integer, List<Instruction>> ranges(Machine machine, int pid) {
    TreeMap<Integer, List<Instruction>> special = new TreeMap<>();
    for (SystemCall call : SystemCalls.DENIED) {
      special.put(call.number(machine), List.of(fail(EPERM)));
    }
    special.remove(SystemCalls.NONE);
    // Its flags are out of the filter's sight; libc then uses clone.
    special.put(SystemCalls.CLONE3.number(machine), List.of(fail(ENOSYS)));
    special.put(SystemCalls.CLONE.number(machine), threadsOnly());
    special.put(SystemCalls.SOCKET.number(machine), internetOnly());
    special.put(SystemCalls.TGKILL.number(machine), onlyTo(pid));
    special.put(SystemCalls.IOCTL.number(machine), allBut(1, TERMINAL_INPUT));
    special.put(SystemCalls.PRCTL.number(machine), allBut(0, PROCESS_CONTROL));
    // Above are numbers that do not exist, and those of the x32 ABI.
    special.put(SystemCalls.LAST_KNOWN + 1, List.of(fail(ENOSYS)));

    TreeMap<Integer, List<Instruction>> ranges = new TreeMap<>();
    ranges.put(0, List.of(allow()));
    for (Map.Entry<Integer, List<Instruction>> entry : special.entrySet()) {
      int number = entry.getKey();
      if (!entry.getValue().equals(ranges.floorEntry(number).getValue())) {
        ranges.put(number, entry.getValue());
      }
      if (number <= SystemCalls.LAST_KNOWN && !special.containsKey(number + 1)) {
        ranges.put(number + 1, List.of(allow()));
      }
    }
    return ranges;
  }

  private static List<Instruction> search(List<Map.Entry<Integer, List<Instruction>>> ranges) {
    if (ranges.size() == 1) {
      return ranges.getFirst().getValue();
    }
    int middle = ranges.size() / 2;
    List<Instruction> below = search(ranges.subList(0, middle));
    List<Instruction> program = new ArrayList<>();
    program.add(ifNotBelowSkip(ranges.get(middle).getKey(), below.size()));
    program.addAll(below);
    program.addAll(search(ranges.subList(middle, ranges.size())));
    return program;
  }

  private static int argument(int index) {
    return ARGUMENTS_OFFSET + (index * Long.BYTES);
  }

  private static List<Instruction> threadsOnly() {
    return List.of(
        load(argument(0)),
        unlessAnyBitSkip(CLONE_THREAD, 1),
        unlessAnyBitSkip(CLONE_NAMESPACES, 1),
        fail(EPERM),
        allow());
  }

  private static List<Instruction> internetOnly() {
    return List.of(
        load(argument(0)),
        ifEqualSkip(AF_INET, 2),
        ifEqualSkip(AF_INET6, 1),
        fail(EAFNOSUPPORT),
        load(argument(2)),
        ifEqualSkip(IPPROTO_IP, 3),
        ifEqualSkip(IPPROTO_TCP, 2),
        ifEqualSkip(IPPROTO_UDP, 1),
        fail(EPROTONOSUPPORT),
        allow());
  }

  private static List<Instruction> onlyTo(int pid) {
    return List.of(load(argument(0)), unlessEqualSkip(pid, 1), allow(), fail(EPERM));
  }

  private static List<Instruction> allBut(int argument, int[] denied) {
    List<Instruction> program = new ArrayList<>();
    program.add(load(argument(argument)));
    for (int value : denied) {
      program.add(unlessEqualSkip(value, 1));
      program.add(fail(EPERM));
    }
    program.add(allow());
    return program;
  }

  /** The instructions. */
  List<Instruction> program() {
    return program;
  }

  /** The instructions as the kernel takes them, an array of {@code struct sock_filter}. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(program.size() * Instruction.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction instruction : program) {
      instruction.write(bytes);
    }
    return bytes.array();
  }
}
