package djbdns.posix;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The memory that holds the command line of this process, where ps(1) reads it: cmdline in proc(5).
 * Nothing else reads it any more once Java runs. For use by one thread.
 */
public final class ProcessTitle {
  private static final String STATUS = "/proc/self/stat";
  private static final String NAME = "/proc/self/comm";

  /** Fields arg_start and arg_end, counted from the one after the name in parentheses. */
  private static final int ARG_START = 45;

  private static final int ARG_END = 46;

  private final MemorySegment memory;

  private ProcessTitle(MemorySegment memory) {
    this.memory = memory;
  }

  /** Looks up where the command line is. */
  public static ProcessTitle ofThisProcess() throws IOException {
    String status;
    try (FileInputStream file = new FileInputStream(STATUS)) {
      status = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
    long start = Long.parseUnsignedLong(fields[ARG_START]);
    long end = Long.parseUnsignedLong(fields[ARG_END]);
    if (start == 0) {
      // What the kernel says to those who may not know.
      throw new IOException("the place of the command line is not known");
    }
    return new ProcessTitle(MemorySegment.ofAddress(start).reinterpret(end - start));
  }

  /** Sets the name of the process, of which the kernel keeps 15 bytes. */
  public static void rename(String name) throws IOException {
    try (FileOutputStream file = new FileOutputStream(NAME)) {
      file.write(name.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Replaces the whole command line.
   *
   * @param name first word
   * @param words the others, with a character for each byte; all must fit
   * @return where the last word is
   */
  public int replace(String name, String[] words) {
    int last = 0;
    int at = write(0, name);
    for (String word : words) {
      last = at;
      at = write(at, word);
    }
    memory.asSlice(at).fill((byte) 0);
    return last;
  }

  /** Writes a word and the zero byte that ends it; returns where the next one goes. */
  private int write(int at, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
    write(at, bytes);
    memory.set(ValueLayout.JAVA_BYTE, at + bytes.length, (byte) 0);
    return at + bytes.length + 1;
  }

  /** Writes bytes over those that are there. */
  public void write(int at, byte[] bytes) {
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, at, bytes.length);
  }
}
