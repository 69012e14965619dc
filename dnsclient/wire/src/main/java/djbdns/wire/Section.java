package djbdns.wire;

/** Where a record stands in a message, in the order of the message (RFC 1035, 4.1). */
public enum Section {
  ANSWER(6),
  AUTHORITY(8),
  ADDITIONAL(10);

  private final int countOffset;

  Section(int countOffset) {
    this.countOffset = countOffset;
  }

  /** Offset of the section's count in the header. */
  int countOffset() {
    return countOffset;
  }
}
