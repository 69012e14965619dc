package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.CNAME;

import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.Section;

/** The target of a CNAME record, or of one made from a DNAME record. Belongs to one thread. */
final class Alias {
  private final byte[] target = new byte[Limits.NAME_BYTES];
  private int length;
  private long ttlSeconds;

  void clear() {
    length = 0;
  }

  /** True if a target is held. */
  boolean isHeld() {
    return length > 0;
  }

  /** The length of the target in wire form. */
  int length() {
    return length;
  }

  /** Takes the target of a CNAME record, if it is a name. */
  void hold(RecordCursor cname) {
    if (RecordData.isName(cname.data(), 0, cname.dataLength())) {
      length = NameBytes.length(cname.data(), 0);
      System.arraycopy(cname.data(), 0, target, 0, length);
      ttlSeconds = cname.ttlSeconds();
    }
  }

  /**
   * Takes the name with the target of a DNAME record in place of its end (RFC 6672, 2.2).
   *
   * @param owner offset in the name of the record's owner
   * @return false if that is longer than a name may be
   */
  boolean substitute(RecordCursor dname, byte[] name, int owner) {
    int endLength = NameBytes.length(dname.data(), 0);
    if (owner + endLength > target.length) {
      return false;
    }
    System.arraycopy(name, 0, target, 0, owner);
    System.arraycopy(dname.data(), 0, target, owner, endLength);
    length = owner + endLength;
    ttlSeconds = dname.ttlSeconds();
    return true;
  }

  /** Writes the CNAME record and makes the target's letters small; false if it did not fit. */
  boolean write(byte[] owner, PacketWriter out) {
    if (!out.beginRecord(owner, 0, CNAME, RecordClass.IN.code(), ttlSeconds)
        || !out.addNameAsIs(target, 0)) {
      return false;
    }
    out.endRecord(Section.ANSWER);
    NameBytes.lowerCase(target, 0, length);
    return true;
  }

  /** True if the target is a name, or below it. */
  boolean leadsInto(byte[] name, int offset, int nameLength) {
    int end = length - nameLength;
    int label = 0;
    while (label < end) {
      label += 1 + target[label];
    }
    return label == end && NameBytes.equalIgnoreCase(target, end, name, offset, nameLength);
  }

  /** True if the chain has been at the target before: it is a circle. */
  boolean leadsBack(Trail trail) {
    return trail.hasName(target, length);
  }

  /** Copies the target and returns its length. */
  int copyTo(byte[] name) {
    System.arraycopy(target, 0, name, 0, length);
    return length;
  }
}
