package djbdns.wire;

/** The sizes that the wire format itself sets, and the bounds on our own work. */
public final class Limits {
  /** Most bytes in a name in wire form, its root label included (RFC 1035, 2.3.4). */
  public static final int NAME_BYTES = 255;

  /** Most bytes in a label (RFC 1035, 2.3.4). */
  public static final int LABEL_BYTES = 63;

  /** Most labels in a name, the root label not counted: 127 one-byte labels. */
  public static final int NAME_LABELS = 127;

  /** Most compression pointers followed to read a name: one before each label and the root. */
  public static final int NAME_POINTERS = NAME_LABELS + 1;

  /** Bytes in a header (RFC 1035, 4.1.1). */
  public static final int HEADER_BYTES = 12;

  /** Most bytes in a UDP message between parties that do not use EDNS0 (RFC 1035, 2.3.4). */
  public static final int UDP_BYTES = 512;

  /** The UDP payload offered and used with EDNS0: it crosses any link unfragmented (RFC 9715). */
  public static final int EDNS_UDP_BYTES = 1232;

  /** Most bytes in any message: the length prefix over TCP has 16 bits (RFC 1035, 4.2.2). */
  public static final int MESSAGE_BYTES = 65535;

  /** The first offset that a compression pointer cannot express (RFC 1035, 4.1.4). */
  public static final int POINTER_LIMIT = 0x4000;

  /** Most bytes in a string: its length has 8 bits (RFC 1035, 3.3). */
  public static final int STRING_BYTES = 255;

  /** Most bytes in a record's data: its length field has 16 bits (RFC 1035, 4.1.3). */
  public static final int RDATA_BYTES = 65535;

  /**
   * Most bytes in a record's data that a data.cdb can have served: 1.05 reads a record into 32767
   * bytes (tdlookup.c), of which its head takes up to 17.
   */
  public static final int SERVED_RDATA_BYTES = 32767 - 17;

  /** Most EDNS0 options taken from one message; more look like an attack (CVE-2026-41292). */
  public static final int EDNS_OPTIONS = 64;

  /** Names remembered for compression in one packet, as in 1.05's response.c. */
  public static final int COMPRESSION_NAMES = 100;

  /** Longest name remembered for compression, as in 1.05's response.c. */
  public static final int COMPRESSION_NAME_BYTES = 128;

  private Limits() {}
}
