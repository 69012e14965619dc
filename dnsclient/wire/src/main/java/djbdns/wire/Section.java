package djbdns.wire;

/** The sections of a message that hold records, in their order (RFC 1035, 4.1). */
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
