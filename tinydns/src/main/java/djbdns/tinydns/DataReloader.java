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
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Keeps every event loop on the newest {@code data.cdb}. Runs on a thread of its own, which the
 * file system wakes when the directory changes; a look every second is the net below that, for file
 * systems that wake nobody, and for what can change without a new name: permissions, contents. A
 * new file is read and checked here, then handed to each loop between two packets, so no query
 * waits and none is lost. A file that cannot be used, for whatever reason, is reported once and
 * tried again, less and less often, up to once a minute; until there is a better one the old data
 * go on being served, or, where there have been none yet, the loops answer without.
 *
 * @param <D> the data in their loaded form
 */
final class DataReloader<D> implements Runnable {
  private static final long NET_MS = 1000;
  private static final long MAX_RETRY_MS = 60_000;

  /** A user of the data on a loop, and the executor that runs tasks on the loop's thread. */
  record LoopUser<D>(Executor loop, DataUser<? super D> user) {}

  /**
   * Tells one state of a file from another.
   *
   * @param changed the last change of anything about it, permissions included
   */
  private record Stamp(Object fileKey, FileTime modified, FileTime changed, long size) {
    private static final FileTime ANY = FileTime.fromMillis(0);

    static Optional<Stamp> of(Path file) {
      try {
        // All at once: of two looks, the second may be at the next file.
        Map<String, Object> is = Files.readAttributes(file, attributes(file));
        Object key = is.get("fileKey");
        // What is no regular file cannot be used, whatever happens to it.
        if (!is.get("isRegularFile").equals(true)) {
          return Optional.of(new Stamp(key, ANY, ANY, 0));
        }
        FileTime modified = (FileTime) is.get("lastModifiedTime");
        FileTime changed = (FileTime) is.getOrDefault("ctime", ANY);
        return Optional.of(new Stamp(key, modified, changed, (Long) is.get("size")));
      } catch (IOException e) {
        // Missing, or not to be seen: the same as no file at all.
        return Optional.empty();
      }
    }

    /** True if it is the same file with other permissions, or the like. */
    boolean hasContentsOf(Stamp other) {
      return Objects.equals(fileKey, other.fileKey)
          && modified.equals(other.modified)
          && size == other.size;
    }

    private static String attributes(Path file) {
      return file.getFileSystem().supportedFileAttributeViews().contains("unix")
          ? "unix:isRegularFile,fileKey,lastModifiedTime,size,ctime"
          : "isRegularFile,fileKey,lastModifiedTime,size";
    }
  }

  private final Path file;
  private final DataFormat<D> format;
  private final String program;
  private final Logger log;
  private final String withoutData;
  private final LongSupplier freeBytes;
  private List<LoopUser<D>> users = List.of();
  private Consumer<? super D> served = _ -> {};
  private Optional<Stamp> seen = Optional.empty();
  private Optional<D> data = Optional.empty();
  private String warned = "";
  private long retryMs;
  private long retryAtNs;

  /**
   * A reloader that has read nothing yet.
   *
   * @param program whose warnings are logged
   * @param withoutData what the loops do as long as there are no data, for the warning
   * @param freeBytes how much memory there is, as {@link djbdns.posix.FreeMemory}: old and new data
   *     must have room together, and the kernel kills whoever takes too much
   */
  DataReloader(
      Path file,
      DataFormat<D> format,
      String program,
      Logger log,
      String withoutData,
      LongSupplier freeBytes) {
    this.file = file;
    this.format = format;
    this.program = program;
    this.log = log;
    this.withoutData = withoutData;
    this.freeBytes = freeBytes;
  }

  /**
   * Reads the file for the first time and puts the loops on what it says. Call it once, before
   * {@link #run}.
   *
   * @param whenServed gets to know of data that all loops are on, of these when {@link #run} begins
   */
  void start(List<LoopUser<D>> all, Consumer<? super D> whenServed) throws InterruptedException {
    users = List.copyOf(all);
    served = whenServed;
    seen = Stamp.of(file);
    reload();
  }

  @Override
  public void run() {
    data.ifPresent(served);
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
    boolean isChanged = !now.equals(seen);
    if (isChanged) {
      retryMs = 0;
    }
    if (!hasSameContents(now)) {
      warned = "";
    }
    seen = now;
    if ((isChanged || isRetryDue()) && reload()) {
      data.ifPresent(served);
    }
  }

  /** As what has been seen; whoever copies a file sets its times and permissions after that. */
  private boolean hasSameContents(Optional<Stamp> now) {
    return now.equals(seen)
        || (now.isPresent() && seen.isPresent() && now.get().hasContentsOf(seen.get()));
  }

  private boolean isRetryDue() {
    return retryMs > 0 && System.nanoTime() - retryAtNs >= 0;
  }

  /** Puts the loops on what the file says; false if it cannot be used. */
  private boolean reload() throws InterruptedException {
    long bytes = seen.map(Stamp::size).orElse(0L);
    if (bytes > freeBytes.getAsLong()) {
      failed("unable to read data.cdb: out of memory for " + bytes + " bytes");
      return false;
    }
    D newer;
    try {
      newer = format.loader().load(file);
    } catch (CdbException e) {
      failed(explain(e));
      // Nothing can come of it until it is another file.
      retryMs = 0;
      return false;
    } catch (IOException e) {
      failed(explain(e));
      return false;
    } catch (OutOfMemoryError e) {
      // Of memory off the heap, which the file's size decides; the loops need no more of it.
      failed("unable to read data.cdb: out of memory");
      return false;
    } catch (RuntimeException e) {
      failed("unable to read data.cdb: " + e);
      return false;
    }
    warned = "";
    retryMs = 0;
    Optional<D> older = data;
    boolean isTaken = handOver(newer);
    data = Optional.of(newer);
    if (isTaken) {
      older.ifPresent(format.release());
    }
    return true;
  }

  private void failed(String why) {
    if (!hasSameContents(Stamp.of(file))) {
      // It was replaced after the look; the next look finds the file that this may be about.
      return;
    }
    if (!why.equals(warned)) {
      warned = why;
      String meanwhile = data.isPresent() ? "still serving the old data" : withoutData;
      log.warn("{}: warning: {}: {}", program, meanwhile, why);
    }
    retryMs = Math.clamp(2 * retryMs, NET_MS, MAX_RETRY_MS);
    retryAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMs);
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

  /**
   * Returns when all loops have been told of the data; false if some may go on with the old ones,
   * since telling them failed.
   */
  private boolean handOver(D newer) throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(users.size());
    for (LoopUser<D> user : users) {
      user.loop()
          .execute(() -> {
            try {
              user.user().use(newer);
              taken.incrementAndGet();
            } finally {
              left.countDown();
            }
          });
    }
    left.await();
    return taken.get() == users.size();
  }
}
