package djbdns.tools.daemontools;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** A service directory: what a test puts in, and what it sees of the service. */
record Service(Path directory) {
  /** Notes in the file {@code record} when it starts and which signals it gets. */
  private static final String OBSERVER =
      """
      for s in HUP ALRM INT CONT QUIT USR1 USR2 WINCH; do trap "echo $s >>record" $s; done
      trap 'echo TERM >>record; [ -e stubborn ] || { kill $!; exit 0; }' TERM
      sleep 1000 &
      echo $$ >pid.new
      mv pid.new pid
      echo start >>record
      while :; do wait $!; done
      """;

  private static final int STATUS_BYTES = 18;
  private static final int PID_OFFSET = 12;

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Writes a file. */
  Service with(String name, String text) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), text, StandardCharsets.ISO_8859_1);
    return this;
  }

  /** Writes a program of the shell. */
  Service script(String name, String text) throws IOException {
    with(name, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** Lets it run the script that notes what happens to it. */
  Service observed() throws IOException {
    return script("run", OBSERVER);
  }

  /** The log directory in it. */
  Service log() throws IOException {
    return new Service(Files.createDirectories(file("log")));
  }

  /** The lines of a file in it; none if it is not there. */
  List<String> lines(String name) throws IOException {
    try {
      return Files.readAllLines(file(name), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  List<String> record() throws IOException {
    return lines("record");
  }

  void awaitRecord(String... lines) throws Exception {
    Await.until(
        () -> directory + " to note " + List.of(lines) + " instead of " + record(),
        () -> record().equals(List.of(lines)));
  }

  /** How often it has noted something. */
  long noted(String line) throws IOException {
    return record().stream().filter(line::equals).count();
  }

  void awaitNoted(String line, long times) throws Exception {
    Await.until(directory + " to note " + line, () -> noted(line) >= times);
  }

  /** What the observer has noted of itself. */
  long notedPid() throws IOException {
    return Long.parseLong(lines("pid").getFirst());
  }

  /** The pid that the status file tells: 0 for a service that is down; nothing without a file. */
  Optional<Integer> pid() throws IOException {
    try {
      byte[] status = Files.readAllBytes(file("supervise/status"));
      return status.length < STATUS_BYTES
          ? Optional.empty()
          : Optional.of(ByteBuffer.wrap(status).order(ByteOrder.LITTLE_ENDIAN).getInt(PID_OFFSET));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Waits until it is up; returns its pid. */
  int awaitUp() throws Exception {
    return Await.value(directory + " to be up", () -> pid().filter(pid -> pid != 0));
  }

  void awaitDown() throws Exception {
    Await.until(directory + " to be down", () -> pid().filter(pid -> pid == 0).isPresent());
  }
}
