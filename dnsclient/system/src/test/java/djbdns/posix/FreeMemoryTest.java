package djbdns.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreeMemoryTest {
  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void writeMachine() throws IOException {
    write(
        "proc/meminfo",
        "MemTotal:       8000 kB\nMemFree:        1000 kB\nMemAvailable:   5000 kB\n");
  }

  @Test
  void shouldKnowOfNoLimitWhereNothingCanBeRead() {
    assertEquals(Long.MAX_VALUE, new FreeMemory(root).getAsLong());
  }

  @Test
  void shouldTellWhatTheMachineHas() throws IOException {
    writeMachine();
    assertEquals(5000 * 1024, new FreeMemory(root).getAsLong());
    assertTrue(new FreeMemory().getAsLong() > 0);
  }

  @Test
  void shouldTellTheSmallestRoomOfTheGroupsOfVersion2() throws IOException {
    writeMachine();
    write("proc/self/cgroup", "0::/a/b\n");
    write("sys/fs/cgroup/a/b/memory.max", "max\n");
    write("sys/fs/cgroup/a/b/memory.current", "9000\n");
    write("sys/fs/cgroup/a/b/memory.stat", "anon 1\n");
    write("sys/fs/cgroup/a/memory.max", "100000\n");
    write("sys/fs/cgroup/a/memory.current", "90000\n");
    write(
        "sys/fs/cgroup/a/memory.stat",
        "anon 1\nfile 9\ninactive_file 1000\nactive_file 500\nslab 7\n");
    FreeMemory free = new FreeMemory(root);
    assertEquals(11_500, free.getAsLong());
    write("sys/fs/cgroup/a/b/memory.max", "10000\n");
    assertEquals(1_000, free.getAsLong());
    write("sys/fs/cgroup/a/b/memory.current", "20000\n");
    assertEquals(0, free.getAsLong());
  }

  @Test
  void shouldTellTheRoomOfAGroupOfVersion1() throws IOException {
    writeMachine();
    write("proc/self/cgroup", "9:name=systemd:/s\n4:memory:/x\n1:cpu:/x\n");
    write("sys/fs/cgroup/memory/x/memory.limit_in_bytes", "300000\n");
    write("sys/fs/cgroup/memory/x/memory.usage_in_bytes", "200000\n");
    write(
        "sys/fs/cgroup/memory/x/memory.stat",
        "cache 5\ninactive_file 7\ntotal_inactive_file 400\ntotal_active_file 60\n");
    assertEquals(100_460, new FreeMemory(root).getAsLong());
  }
}
