package djbdns.dnscache.cache;

import java.io.IOException;

/** A file is no dump of a cache, or not all of one. */
public final class DamagedDumpException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedDumpException(String message) {
    super(message);
  }
}
