package djbdns.supervise.filter;

import java.io.IOException;

/** Turns the bytes of standard input into those of standard output. For use by one thread. */
interface Transformer {
  /** Takes what has been read. */
  void accept(byte[] input, int inputLength) throws IOException;

  /** What is to be written, at the start of this array. */
  byte[] output();

  /** How many bytes are to be written; they count as written then. */
  int takeLength();
}
