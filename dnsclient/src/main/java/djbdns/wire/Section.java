package djbdns.wire;

/** Where a record stands in a message, in the order of the message (RFC 1035, 4.1). */
public enum Section {
  ANSWER,
  AUTHORITY,
  ADDITIONAL;

  /** Offset of the section's count in the header. */
  int countOffset() {
    return Header.COUNTS_OFFSET + 2 + 2 * ordinal();
  }
}
