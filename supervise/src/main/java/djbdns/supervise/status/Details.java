package djbdns.supervise.status;

import djbdns.posix.FileIdentity;
import djbdns.supervise.tai.Tai64n;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file supervise/details, for everything that has no place in the original's status file. Lines
 * of words:
 *
 * <pre>
 * phase up
 * boot 4f5c1d0e-...
 * directory 66305 1310 1796000000123456789
 * process 4711 88123456
 * pipe 90210
 * notification 90211
 * ready @4000000037c219bf2ef02e94
 * end @4000000037c219bf2ef02e94 111 0
 * </pre>
 *
 * A supervisor that finds such a file with a process that has not ended takes the process over and
 * does not start a second one.
 *
 * @param phase {@code down}, {@code waiting}, {@code starting}, {@code up} or {@code finishing};
 *     {@code left} by a supervisor that was not killed
 * @param bootId the identity of this boot of the kernel: no process survives a boot
 * @param directory the directory supervise in which the file was written: a copy describes another
 *     service; empty in a file of an earlier version
 * @param process the process of run or finish; with pid 0 while it is being started, and then the
 *     time before which it did not exist
 * @param pipeInode of the pipe to or from the logger; 0 if there is none
 * @param notificationInode of the pipe through which run is to say that it is ready; 0 if there is
 *     none
 * @param ready the time when run said that it is ready
 * @param endings the ends of run, the latest first; at most {@value #MAX_ENDINGS}
 */
public record Details(
    String phase,
    String bootId,
    Optional<FileIdentity> directory,
    Optional<ProcessIdentity> process,
    long pipeInode,
    long notificationInode,
    Optional<Tai64n> ready,
    List<Ending> endings) {
  public static final int MAX_ENDINGS = 10;

  public Details {
    endings = List.copyOf(endings.subList(0, Math.min(endings.size(), MAX_ENDINGS)));
  }

  /** The details of a service that has never been supervised. */
  public static Details none() {
    return new Details(
        "down", "", Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), List.of());
  }

  /** The lines of the file. */
  public String format() {
    StringBuilder text = new StringBuilder();
    text.append("phase ").append(phase).append('\n');
    text.append("boot ").append(bootId).append('\n');
    directory.ifPresent(d ->
        text.append("directory ")
            .append(d.device())
            .append(' ')
            .append(d.inode())
            .append(' ')
            .append(d.birthNs())
            .append('\n'));
    process.ifPresent(p ->
        text.append("process ").append(p.pid()).append(' ').append(p.startTicks()).append('\n'));
    text.append("pipe ").append(pipeInode).append('\n');
    text.append("notification ").append(notificationInode).append('\n');
    ready.ifPresent(stamp -> text.append("ready ").append(stamp).append('\n'));
    for (Ending ending : endings) {
      text.append("end ").append(ending.at()).append(' ');
      text.append(ending.code()).append(' ').append(ending.signal()).append('\n');
    }
    return text.toString();
  }

  /** Reads the lines, and ignores those that it does not know. */
  public static Details parse(String text) {
    Reading reading = new Reading();
    text.lines().forEach(line -> reading.take(line.split(" ", -1)));
    return reading.details();
  }

  /** The values that have been read so far. */
  private static final class Reading {
    private String phase = "down";
    private String bootId = "";
    private Optional<FileIdentity> directory = Optional.empty();
    private Optional<ProcessIdentity> process = Optional.empty();
    private long pipeInode;
    private long notificationInode;
    private Optional<Tai64n> ready = Optional.empty();
    private final List<Ending> endings = new ArrayList<>();

    void take(String[] words) {
      try {
        switch (words[0] + "/" + words.length) {
          case "phase/2" -> phase = words[1];
          case "boot/2" -> bootId = words[1];
          case "directory/4" ->
              directory =
                  Optional.of(
                      new FileIdentity(
                          Long.parseLong(words[1]),
                          Long.parseLong(words[2]),
                          Long.parseLong(words[3])));
          case "process/3" ->
              process =
                  Optional.of(
                      new ProcessIdentity(Integer.parseInt(words[1]), Long.parseLong(words[2])));
          case "pipe/2" -> pipeInode = Long.parseLong(words[1]);
          case "notification/2" -> notificationInode = Long.parseLong(words[1]);
          case "ready/2" -> ready = Tai64n.parse(words[1]);
          case "end/4" -> takeEnding(words);
          default -> ignore();
        }
      } catch (NumberFormatException e) {
        ignore();
      }
    }

    private void takeEnding(String[] words) {
      int code = Integer.parseInt(words[2]);
      int signal = Integer.parseInt(words[3]);
      Tai64n.parse(words[1]).ifPresent(at -> endings.add(new Ending(at, code, signal)));
    }

    /**
     * Ignores a line of a later version, or a broken one: the service runs without the file as
     * well.
     */
    private static void ignore() {}

    Details details() {
      return new Details(
          phase, bootId, directory, process, pipeInode, notificationInode, ready, endings);
    }
  }
}
