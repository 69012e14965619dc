package djbdns.supervise.multilog;

import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.UnableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The work of multilog from start to end.
 *
 * <p>No line is lost or doubled when the process is killed (SIGKILL), if standard input is a pipe
 * that another process keeps, as svscan does. The invariants:
 *
 * <ul>
 *   <li>Every byte of input is in the pipe, or in the spool behind the snapshot's position, or
 *       processed. splice(2) moves it from the first to the second; a new {@link Snapshot} from the
 *       second to the third.
 *   <li>Everything that is processed is in the file of every log that it belongs to, within the
 *       size in the snapshot, or is the incomplete line in the snapshot itself.
 *   <li>Data in a file behind that size is still in the spool. The next process cuts it off ({@link
 *       LogOpener}) and writes it again. A file that is not {@code current} any more has no data
 *       behind its size ({@link Log}).
 *   <li>A log that began a new file within a batch is ahead of the snapshot's position, by the
 *       number of lines in the snapshot; it does not get these again.
 * </ul>
 *
 * <p>The files are not forced to the disk at each step: a crash of the whole machine can lose what
 * the original can lose.
 *
 * <p>For use by one thread.
 */
final class Collector {
  private static final int BATCH_BYTES = 1 << 16;

  /** The bytes that the original reads at once; before each read it empties its buffers. */
  private static final int ORIGINAL_READ_BYTES = 1024;

  private final FileCalls files;
  private final Trouble trouble;
  private final String bootId;
  private final Input input;
  private final Script script;
  private final List<OpenLog> opened = new ArrayList<>();
  private final List<Log> logs = new ArrayList<>();
  private final LineSplitter lines;
  private final byte[] batch = new byte[BATCH_BYTES];
  private Optional<Spool> spool = Optional.empty();

  /**
   * Opens everything that the script names.
   *
   * @param bootId the identity of this boot of the machine
   * @throws UnableException if that fails
   */
  Collector(
      FileCalls files,
      Trouble trouble,
      Processor processor,
      InstantSource clock,
      String bootId,
      Script script,
      Input input)
      throws UnableException {
    this.files = files;
    this.trouble = trouble;
    this.bootId = bootId;
    this.script = script;
    this.input = input;
    int start = openStart();
    Map<String, StatusFile> statusFiles = new LinkedHashMap<>();
    for (Script.Action action : script.actions()) {
      if (action instanceof Script.Status(String file)) {
        statusFiles.put(file, StatusFile.open(files, trouble, start, file));
      }
    }
    LogOpener opener = new LogOpener(files, trouble, processor, clock, bootId);
    List<String> directories = script.logs().stream().map(Script.Log::directory).toList();
    for (Script.Log spec : script.logs()) {
      OpenLog open = opener.open(start, spec, directories);
      opened.add(open);
      logs.add(new Log(files, trouble, open, spec, this::publish));
    }
    lines =
        new LineSplitter(
            script.timestamps(), clock, new ScriptRunner(files, script, statusFiles, logs));
  }

  private int openStart() throws UnableException {
    try {
      return files.open(FileSystem.CURRENT, ".", FileSystem.READ | FileSystem.NONBLOCKING, 0);
    } catch (PosixException e) {
      throw new UnableException("switch to current directory", e);
    }
  }

  /** Collects lines until the input ends or a signal ends it. */
  void run() throws PosixException {
    boolean isSpooling = input.isPipe() && !logs.isEmpty() && logs.size() <= Snapshot.MAX_LOGS;
    for (int i = isSpooling ? 1 : 0; i < logs.size(); i++) {
      takeOver(i);
    }
    if (isSpooling) {
      startSpooling();
    }
    while (collect()) {
      // Until there is no more.
    }
    finishLine();
    logs.forEach(Log::close);
    spool.ifPresent(Spool::remove);
  }

  /** Processes the spool that a killed process has left in a directory. */
  private void takeOver(int index) throws PosixException {
    spool = findOrReport(index);
    if (spool.isPresent()) {
      resume();
      finishLine();
      spool.get().remove();
      spool = Optional.empty();
    } else {
      Spool.discard(files, opened.get(index).directoryDescriptor());
    }
  }

  /** Finds the spool in a directory; one that cannot be used is reported. */
  private Optional<Spool> findOrReport(int index) throws PosixException {
    int directory = opened.get(index).directoryDescriptor();
    Optional<Spool> found = Spool.find(files, trouble, directory, name(index), bootId);
    long lostBytes = found.isPresent() ? 0 : Spool.unusableBytes(files, directory);
    if (lostBytes > 0) {
      trouble.warn(
          "unable to use "
              + name(index)
              + "/spool: made before the machine started or in another directory, "
              + lostBytes
              + " bytes are lost");
    }
    return found;
  }

  private String name(int index) {
    return script.logs().get(index).directory();
  }

  private void startSpooling() throws PosixException {
    spool = findOrReport(0);
    if (spool.isPresent()) {
      resume();
    } else {
      Snapshot snapshot = snapshot(Spool.start());
      spool =
          Optional.of(
              Spool.create(
                  files,
                  trouble,
                  opened.getFirst().directoryDescriptor(),
                  name(0),
                  bootId,
                  snapshot));
    }
  }

  /** Restores the state at which the process that filled the spool was killed. */
  private void resume() {
    Snapshot killed = spool.orElseThrow().snapshot();
    lines.resumeFrom(killed.line());
    for (Log log : logs) {
      log.resumeFrom(killed.in(log.directory()), killed.line().isTail());
    }
    spool.orElseThrow().publish(snapshot(killed.position()));
    workOff(spool.orElseThrow());
  }

  private Snapshot snapshot(long position) {
    return new Snapshot(position, lines.line(), logs.stream().map(Log::state).toList());
  }

  private void publish(Log log) {
    spool.ifPresent(open -> open.publish(open.snapshot().with(logs.indexOf(log), log.state())));
  }

  /** Reads and processes the next input; false at its end. */
  private boolean collect() throws PosixException {
    if (input.takeRotationRequest()) {
      logs.forEach(Log::rotateUnlessEmpty);
    }
    boolean isEnding = input.isExitWanted();
    if (isEnding && lines.isAtLineStart()) {
      return false;
    }
    int limit = isEnding ? 1 : BATCH_BYTES;
    return spool.isPresent() ? collectSpooled(spool.get(), limit) : collectDirectly(limit);
  }

  private boolean collectSpooled(Spool open, int limit) throws PosixException {
    try {
      boolean more = open.fill(input.descriptor(), limit);
      workOff(open);
      return more;
    } catch (PosixException e) {
      if (e.is(Errno.EAGAIN)) {
        input.await();
        return true;
      }
      // The file system does not support splice(2), so lines are read as in the original.
      open.remove();
      spool = Optional.empty();
      return true;
    }
  }

  private void workOff(Spool open) {
    while (open.isPending()) {
      int length = open.read(batch);
      process(length);
      open.publish(snapshot(open.snapshot().position() + length));
    }
    open.shorten();
  }

  private boolean collectDirectly(int limit) throws PosixException {
    if (!input.await()) {
      return true;
    }
    int length;
    try {
      length = files.read(input.descriptor(), batch, limit);
    } catch (PosixException e) {
      // Any other error is the end, as in the original.
      return e.is(Errno.EAGAIN);
    }
    process(length);
    return length > 0;
  }

  private void process(int length) {
    for (int from = 0; from < length; from += ORIGINAL_READ_BYTES) {
      lines.accept(batch, from, Math.min(length, from + ORIGINAL_READ_BYTES));
      logs.forEach(Log::flush);
    }
    commit();
  }

  /** Writes everything that has been read, except the incomplete line, and a snapshot. */
  private void commit() {
    logs.forEach(Log::writeOut);
    lines.commit();
    boolean isTail = lines.isTail();
    logs.forEach(log -> log.commit(isTail));
  }

  /** An incomplete line at the end gets its newline. */
  private void finishLine() {
    lines.finish();
    logs.forEach(Log::flush);
    commit();
    spool.ifPresent(open -> open.publish(snapshot(open.snapshot().position())));
  }
}
