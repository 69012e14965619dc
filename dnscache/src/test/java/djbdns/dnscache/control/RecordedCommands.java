package djbdns.dnscache.control;

import djbdns.wire.Name;
import java.util.List;

/** Commands that repeat what they were told. */
final class RecordedCommands implements ControlCommands {
  @Override
  public List<String> flush(Name name) {
    return List.of("flushed " + name);
  }

  @Override
  public List<String> flushTree(Name name) {
    return List.of("flushed tree " + name, "two\nlines");
  }

  @Override
  public List<String> stats() {
    return List.of("queries 1", "hits 2", "misses 3");
  }

  @Override
  public List<String> dump() throws CommandFailedException {
    throw new CommandFailedException("unable to write dump: out of disk space");
  }

  @Override
  public List<String> servers() {
    throw new IllegalStateException("a bug");
  }

  @Override
  public List<String> reload() {
    return List.of();
  }
}
