package djbdns.supervise.calls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A file of a {@link FakeKernel}. */
final class Inode {
  /** The types of files; the last three have no name. */
  enum Type {
    DIRECTORY(0040000),
    FILE(0100000),
    FIFO(0010000),
    LINK(0120000),
    EVENT(0),
    WATCHES(0),
    PROCESS(0);

    private final int mode;

    Type(int mode) {
      this.mode = mode;
    }
  }

  /** The interest of a set of watches in a file. */
  record Watch(Inode set, Inode watched, int events) {}

  final long number;
  final Type type;
  final long birthNs;
  int mode;
  byte[] data = new byte[0];
  Optional<Script> script = Optional.empty();
  final Map<String, Inode> entries = new LinkedHashMap<>();
  Optional<Inode> parent = Optional.empty();

  /** The target of a link. */
  String target = "";

  /** The number of open files for reading, and for writing. */
  int readers;

  int writers;

  /** The value of a counter, or the number of events of a set of watches. */
  int count;

  /** Of a descriptor of a process. */
  Optional<FakeProcess> process = Optional.empty();

  Inode(long number, Type type, int mode, long birthNs) {
    this.number = number;
    this.type = type;
    this.mode = mode;
    this.birthNs = birthNs;
  }

  int modeWithType() {
    return type.mode | mode;
  }

  boolean isRemoved() {
    return parent.isEmpty();
  }
}
