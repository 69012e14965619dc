package djbdns.dnscache;

import djbdns.posix.Directory;
import djbdns.runtime.ErrorText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps {@link ClientAccess} equal to the directory {@code ip}. Runs on a thread of its own, which
 * the file system wakes when a name appears or goes; a look every second is the net below that. A
 * directory that cannot be read allows nobody, as an error of stat(2) in okclient.c.
 */
final class ClientAccessWatcher implements Runnable {
  private static final long NET_MS = 1000;

  /** Tells one state of a directory from another. */
  private static final String STAMP = "unix:dev,ino,ctime";

  private final Path directory;
  private final Consumer<String> warnings;
  private final Set<String> warned = new HashSet<>();
  private Optional<Map<String, Object>> seen;
  private boolean isUnreadable;
  private volatile ClientAccess access;

  /**
   * Reads the directory for the first time.
   *
   * @param warnings gets each thing that is wrong once, without the program's name; called on the
   *     constructor's thread and on the one that runs this
   */
  ClientAccessWatcher(Path directory, Consumer<String> warnings) {
    this.directory = directory;
    this.warnings = warnings;
    seen = stamp();
    access = read();
  }

  /** As things are now; for any thread. */
  ClientAccess current() {
    return access;
  }

  /** Returns when the thread is interrupted. */
  @Override
  public void run() {
    try (WatchService watch = directory.getFileSystem().newWatchService()) {
      register(watch);
      while (true) {
        WatchKey key = watch.poll(NET_MS, TimeUnit.MILLISECONDS);
        boolean isWoken = key != null;
        if (isWoken) {
          key.pollEvents();
          key.reset();
        }
        if (look(isWoken)) {
          register(watch);
        }
      }
    } catch (IOException e) {
      warnOnce("unable to watch ip, looking every second: " + ErrorText.of(e));
      lookWithoutHelp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookWithoutHelp() {
    try {
      while (true) {
        Thread.sleep(NET_MS);
        look(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The directory may be another one by now; the same one twice does no harm. */
  private void register(WatchService watch) {
    try {
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      // Missing, or not to be read: read() has said so, and the next look tries again.
      seen = Optional.empty();
    }
  }

  private boolean look(boolean isWoken) {
    Optional<Map<String, Object>> now = stamp();
    if (!isWoken && now.equals(seen)) {
      return false;
    }
    seen = now;
    access = read();
    return true;
  }

  private Optional<Map<String, Object>> stamp() {
    try {
      return Optional.of(Files.readAttributes(directory, STAMP));
    } catch (IOException e) {
      // Missing, or not to be seen.
      return Optional.empty();
    }
  }

  private ClientAccess read() {
    List<String> names = new ArrayList<>();
    try {
      Directory.check(directory);
    } catch (IOException e) {
      return nobody(e);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && Files.exists(file)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      return nobody(e);
    } catch (DirectoryIteratorException e) {
      return nobody(e.getCause());
    }
    isUnreadable = false;
    ClientAccess read = ClientAccess.of(names);
    for (String name : read.unknown()) {
      warnOnce("unable to parse ip/" + name);
    }
    return read;
  }

  private ClientAccess nobody(IOException e) {
    if (!isUnreadable) {
      isUnreadable = true;
      warnings.accept("unable to read ip, so nobody may ask: " + ErrorText.of(e));
    }
    return ClientAccess.NOBODY;
  }

  /** At most so many different warnings are remembered; then each may come again. */
  private void warnOnce(String warning) {
    if (warned.size() > 1000) {
      warned.clear();
    }
    if (warned.add(warning)) {
      warnings.accept(warning);
    }
  }
}
