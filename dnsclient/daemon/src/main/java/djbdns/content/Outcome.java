package djbdns.content;

/** The outcome of a question. */
public enum Outcome {
  /** The response holds the answer, its response code and AA bit included. */
  ANSWERED,
  /** The name is not in our data. */
  OUTSIDE,
  /** The data cannot be read, or the answer exceeds what a packet can hold. */
  FAILED
}
