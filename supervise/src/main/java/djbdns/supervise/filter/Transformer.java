package djbdns.supervise.filter;

import java.io.IOException;

/** Turns the bytes of standard input into those of standard output. For use by one thread. */
interface Transformer {
  /** Takes bytes that have been read. */
  void accept(byte[] input, int inputLength) throws IOException;

  /** The array that starts with the bytes to write. */
  byte[] output();

  /** The number of bytes to write, which count as written from now on. */
  int takeLength();
}
