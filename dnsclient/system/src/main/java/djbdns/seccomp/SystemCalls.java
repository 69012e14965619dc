package djbdns.seccomp;

import java.util.List;

/**
 * System calls by name and number: arch/x86/entry/syscalls/syscall_64.tbl and
 * include/uapi/asm-generic/unistd.h of Linux.
 */
final class SystemCalls {
  /** Stands for no number: the machine has no such call. */
  static final int NONE = -1;

  /** The highest number that was given out when these lists were made: Linux 6.18. */
  static final int LAST_KNOWN = 469;

  /** A system call. */
  record SystemCall(String name, int x86Number, int aarch64Number) {
    /** Its number, or {@link #NONE}. */
    int number(Machine machine) {
      return switch (machine) {
        case X86_64 -> x86Number;
        case AARCH64 -> aarch64Number;
      };
    }
  }

  static final SystemCall CLONE = call("clone", 56, 220);
  static final SystemCall CLONE3 = same("clone3", 435);
  static final SystemCall SOCKET = call("socket", 41, 198);
  static final SystemCall TGKILL = call("tgkill", 234, 131);
  static final SystemCall IOCTL = call("ioctl", 16, 29);
  static final SystemCall PRCTL = call("prctl", 157, 167);

  /**
   * The system calls that a serving daemon does not need, whatever the arguments. Not among them is
   * socketpair(2), which reaches nobody: Java's watch for changed files wakes itself by it.
   */
  static final List<SystemCall> DENIED =
      List.of(
          // Other programs, and other processes; clone(2) is looked at more closely.
          call("execve", 59, 221),
          call("execveat", 322, 281),
          call("fork", 57, NONE),
          call("vfork", 58, NONE),
          // Other processes of the same user: their memory, their files, signals to them.
          call("ptrace", 101, 117),
          call("process_vm_readv", 310, 270),
          call("process_vm_writev", 311, 271),
          call("kcmp", 312, 272),
          same("pidfd_open", 434),
          same("pidfd_getfd", 438),
          same("pidfd_send_signal", 424),
          same("process_madvise", 440),
          same("process_mrelease", 448),
          call("kill", 62, 129),
          call("tkill", 200, 130),
          call("rt_sigqueueinfo", 129, 138),
          call("rt_tgsigqueueinfo", 297, 240),
          call("move_pages", 279, 239),
          call("migrate_pages", 256, 238),
          // Becoming somebody else.
          call("setuid", 105, 146),
          call("setgid", 106, 144),
          call("setreuid", 113, 145),
          call("setregid", 114, 143),
          call("setresuid", 117, 147),
          call("setresgid", 119, 149),
          call("setfsuid", 122, 151),
          call("setfsgid", 123, 152),
          call("setgroups", 116, 159),
          call("capset", 126, 91),
          // Another view of the file system, devices, and ways around a chroot.
          call("unshare", 272, 97),
          call("setns", 308, 268),
          call("chroot", 161, 51),
          call("pivot_root", 155, 41),
          call("mount", 165, 40),
          call("umount2", 166, 39),
          same("move_mount", 429),
          same("open_tree", 428),
          same("fsopen", 430),
          same("fsconfig", 431),
          same("fsmount", 432),
          same("fspick", 433),
          same("mount_setattr", 442),
          same("open_tree_attr", 467),
          call("mknod", 133, NONE),
          call("mknodat", 259, 33),
          call("name_to_handle_at", 303, 264),
          call("open_by_handle_at", 304, 265),
          call("fanotify_init", 300, 262),
          call("fanotify_mark", 301, 263),
          call("quotactl", 179, 60),
          same("quotactl_fd", 443),
          call("acct", 163, 89),
          call("swapon", 167, 224),
          call("swapoff", 168, 225),
          // What belongs to the machine as a whole.
          call("reboot", 169, 142),
          call("kexec_load", 246, 104),
          call("kexec_file_load", 320, 294),
          call("create_module", 174, NONE),
          call("init_module", 175, 105),
          call("finit_module", 313, 273),
          call("delete_module", 176, 106),
          call("query_module", 178, NONE),
          call("get_kernel_syms", 177, NONE),
          call("syslog", 103, 116),
          call("settimeofday", 164, 170),
          call("clock_settime", 227, 112),
          call("adjtimex", 159, 171),
          call("clock_adjtime", 305, 266),
          call("sethostname", 170, 161),
          call("setdomainname", 171, 162),
          call("iopl", 172, NONE),
          call("ioperm", 173, NONE),
          call("modify_ldt", 154, NONE),
          call("vhangup", 153, 58),
          call("uselib", 134, NONE),
          call("nfsservctl", 180, 42),
          call("_sysctl", 156, NONE),
          call("sysfs", 139, NONE),
          call("ustat", 136, NONE),
          call("lookup_dcookie", 212, 18),
          // Large parts of the kernel in which faults are found, and memory with no name to run
          // from.
          call("personality", 135, 92),
          call("add_key", 248, 217),
          call("request_key", 249, 218),
          call("keyctl", 250, 219),
          call("bpf", 321, 280),
          call("perf_event_open", 298, 241),
          same("io_uring_setup", 425),
          same("io_uring_enter", 426),
          same("io_uring_register", 427),
          call("userfaultfd", 323, 282),
          call("memfd_create", 319, 279),
          same("memfd_secret", 447),
          call("seccomp", 317, 277),
          // Talking to other programs of the machine.
          call("shmget", 29, 194),
          call("shmat", 30, 196),
          call("shmdt", 67, 197),
          call("shmctl", 31, 195),
          call("semget", 64, 190),
          call("semop", 65, 193),
          call("semtimedop", 220, 192),
          call("semctl", 66, 191),
          call("msgget", 68, 186),
          call("msgsnd", 69, 189),
          call("msgrcv", 70, 188),
          call("msgctl", 71, 187),
          call("mq_open", 240, 180),
          call("mq_unlink", 241, 181),
          call("mq_timedsend", 242, 182),
          call("mq_timedreceive", 243, 183),
          call("mq_notify", 244, 184),
          call("mq_getsetattr", 245, 185));

  private SystemCalls() {}

  private static SystemCall call(String name, int x86Number, int aarch64Number) {
    return new SystemCall(name, x86Number, aarch64Number);
  }

  /** From 424 on, numbers are the same on all machines. */
  private static SystemCall same(String name, int number) {
    return new SystemCall(name, number, number);
  }
}
