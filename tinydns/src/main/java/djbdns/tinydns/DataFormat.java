package djbdns.tinydns;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The way a {@code data.cdb} is brought to memory and given up again.
 *
 * @param <D> the data in their loaded form
 * @param release frees them; no thread may be using them
 */
record DataFormat<D>(Loader<D> loader, Consumer<D> release) {
  /** Reads and checks a file. */
  @FunctionalInterface
  interface Loader<D> {
    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is damaged
     */
    D load(Path file) throws IOException;
  }
}
