package djbdns.posix;

import java.util.List;

/**
 * A process to start. Strings have a character for each byte (ISO 8859-1).
 *
 * @param directory descriptor of the directory it starts in
 * @param program path of the program, relative to that directory
 * @param arguments its arguments, the program's name first
 * @param environment {@code NAME=value}
 * @param descriptors which of ours it gets, and under which number; those that it is not given stay
 *     open if they are not closed on exec and their number is below 3
 * @param ownGroup whether it leads a process group of its own, or belongs to ours
 */
public record Spawn(
    int directory,
    String program,
    List<String> arguments,
    List<String> environment,
    List<Handover> descriptors,
    boolean ownGroup) {

  public Spawn {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    descriptors = List.copyOf(descriptors);
  }

  /**
   * A descriptor that the new process gets.
   *
   * @param ours its number here
   * @param theirs its number there
   */
  public record Handover(int ours, int theirs) {}
}
