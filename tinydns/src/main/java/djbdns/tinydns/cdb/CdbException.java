package djbdns.tinydns.cdb;

import java.io.IOException;

/** A file is not a well-formed constant database; the message says where it breaks. */
public final class CdbException extends IOException {
  private static final long serialVersionUID = 1L;

  public CdbException(String message) {
    super(message);
  }
}
