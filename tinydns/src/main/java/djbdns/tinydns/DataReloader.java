package djbdns.tinydns;

import djbdns.posix.RegularFile;
import djbdns.runtime.ErrorText;
import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Keeps every event loop on the newest {@code data.cdb}. Runs on a thread of its own, which the
 * file system wakes when the directory changes; a look every second is the net below that, for file
 * systems that wake nobody. A new file is read and checked here, then handed to each loop between
 * two packets, so no query waits and none is lost. A file that cannot be used is reported once and
 * the old data go on being served.
 *
 * @param <D> the data in their loaded form
 */
final class DataReloader<D> implements Runnable {
  private static final long NET_MS = 1000;

  /** Who answers on a loop, and the executor that runs tasks on the loop's thread. */
  record Seat<D>(Executor loop, DataUser<? super D> user) {}

  /** Tells one state of a file from another. */
  private record Stamp(Object fileKey, FileTime modified, long size) {
    static Optional<Stamp> of(Path file) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        // What is no regular file cannot be used, whatever happens to it.
        return Optional.of(
            is.isRegularFile()
                ? new Stamp(is.fileKey(), is.lastModifiedTime(), is.size())
                : new Stamp(is.fileKey(), FileTime.fromMillis(0), 0));
      } catch (IOException e) {
        // Missing, or not to be seen: the same as no file at all.
        return Optional.empty();
      }
    }
  }

  private final Path file;
  private final DataFormat<D> format;
  private final String program;
  private final Logger log;
  private List<Seat<D>> seats = List.of();
  private Consumer<? super D> served = _ -> {};
  private Optional<Stamp> seen;
  private D data;

  /**
   * Reads the file for the first time.
   *
   * @param program whose warnings are logged
   * @throws CdbException if it is damaged
   * @throws IOException if it cannot be read
   */
  DataReloader(Path file, DataFormat<D> format, String program, Logger log) throws IOException {
    this.file = file;
    this.format = format;
    this.program = program;
    this.log = log;
    seen = Stamp.of(file);
    data = format.loader().load(file);
  }

  /**
   * Puts the loops on the data read first. Call it once, before {@link #run}.
   *
   * @param whenServed gets to know of data that all loops are on, these and later ones
   */
  void seat(List<Seat<D>> all, Consumer<? super D> whenServed) throws InterruptedException {
    seats = List.copyOf(all);
    served = whenServed;
    handOver(data);
    served.accept(data);
  }

  @Override
  public void run() {
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      // A rename creates a name. Writes would wake us as well, and the log may be in here.
      file.toAbsolutePath().getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Thread.currentThread().isInterrupted()) {
        WatchKey key = watch.poll(NET_MS, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
        reloadIfChanged();
      }
    } catch (IOException | UnsupportedOperationException e) {
      log.warn(
          "{}: warning: unable to watch for a new data.cdb, looking every second: {}",
          program,
          ErrorText.of(e));
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without the file system's help: it lends each user a limited number of watches. */
  private void look() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(NET_MS);
        reloadIfChanged();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reloadIfChanged() throws InterruptedException {
    Optional<Stamp> now = Stamp.of(file);
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      D newer = format.loader().load(file);
      D older = data;
      handOver(newer);
      data = newer;
      format.release().accept(older);
      served.accept(newer);
    } catch (IOException e) {
      log.warn("{}: warning: still serving the old data: {}", program, explain(e));
    }
  }

  /** Reads a database that may be anything by now, without waiting for anybody. */
  static Cdb open(Path file) throws IOException {
    try (RegularFile open = RegularFile.open(file)) {
      return Cdb.load(open);
    }
  }

  /** In the original's grammar: what could not be done with data.cdb, and why. */
  static String explain(IOException e) {
    return e instanceof CdbException
        ? "unable to use data.cdb: " + e.getMessage()
        : "unable to open data.cdb: " + ErrorText.of(e);
  }

  /** Returns when no loop uses any other data. */
  private void handOver(D newer) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(seats.size());
    for (Seat<D> seat : seats) {
      seat.loop()
          .execute(() -> {
            seat.user().use(newer);
            left.countDown();
          });
    }
    left.await();
  }
}
