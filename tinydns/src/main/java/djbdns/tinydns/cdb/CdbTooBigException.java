package djbdns.tinydns.cdb;

import java.io.IOException;

/** A constant database has positions of 32 bits: one more record would not fit under 4 GiB. */
public final class CdbTooBigException extends IOException {
  private static final long serialVersionUID = 1L;

  CdbTooBigException() {
    super("database bigger than 4 GiB");
  }
}
