package djbdns.seccomp;

import java.util.Optional;

/** A kind of processor whose system calls are known here; all of them are little-endian. */
public enum Machine {
  X86_64(0xc000003e, "amd64"),
  AARCH64(0xc00000b7, "aarch64");

  private final int auditNumber;
  private final String javaName;

  Machine(int auditNumber, String javaName) {
    this.auditNumber = auditNumber;
    this.javaName = javaName;
  }

  /** The machine that Java's property {@code os.arch} names. */
  public static Optional<Machine> of(String javaName) {
    for (Machine machine : values()) {
      if (machine.javaName.equals(javaName)) {
        return Optional.of(machine);
      }
    }
    return Optional.empty();
  }

  /** Its {@code AUDIT_ARCH_} number (linux/audit.h). */
  int auditNumber() {
    return auditNumber;
  }

  /** The number of seccomp(2). */
  public int seccompNumber() {
    return switch (this) {
      case X86_64 -> 317;
      case AARCH64 -> 277;
    };
  }
}
