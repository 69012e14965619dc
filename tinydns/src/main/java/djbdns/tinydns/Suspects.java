package djbdns.tinydns;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lint.Lint;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds names of a data file for which other servers refuse a zone, without all records in memory.
 * It keeps a byte for each record; what else it needs, the hash of each key, the writer of the
 * database has anyway. First {@link #add} for each record, then {@link #choose} before the database
 * is complete, and {@link #faults} after that. One thread.
 *
 * <p>Names with one hash look like one name to it. So what looks wrong is read back from the
 * database, and {@link Lint} decides.
 */
final class Suspects {
  private static final int CNAME = 1;
  private static final int DNAME = 1 << 1;

  /** SOA with numbers of its own. */
  private static final int FULL_SOA = 1 << 2;

  /** The bits of which a second one is noted. */
  private static final int COUNTED = CNAME | DNAME | FULL_SOA;

  private static final int SECOND = 1 << 3;
  private static final int SECOND_OF_SOME = COUNTED * SECOND;

  /** SOA of a kind of line of which there is one for each server. */
  private static final int PLAIN_SOA = 1 << 6;

  private static final int SOA = FULL_SOA | PLAIN_SOA;
  private static final int NS = 1 << 7;
  private static final int DS = 1 << 8;

  /** Not to be beside CNAME. */
  private static final int OTHER = 1 << 9;

  /** Without one of these there is nothing wrong with a name. */
  private static final int SPECIAL = CNAME | DNAME | SOA;

  /** The meaning of the kinds of records for their name. */
  private static final int[] BITS_OF_KIND = {
    0, OTHER, CNAME, DNAME | OTHER, FULL_SOA | OTHER, PLAIN_SOA | OTHER, NS | OTHER, DS | OTHER
  };

  /** The offset of the timestamp of a record without location. */
  private static final int TIMESTAMP = 7;

  private static final int KIND_NOTHING = 0;
  private static final int KIND_OTHER = 1;
  private static final int KIND_CNAME = 2;
  private static final int KIND_DNAME = 3;
  private static final int KIND_FULL_SOA = 4;
  private static final int KIND_PLAIN_SOA = 5;
  private static final int KIND_NS = 6;
  private static final int KIND_DS = 7;

  private static final int KIND_BITS = 3;
  private static final int KIND_MASK = (1 << KIND_BITS) - 1;

  /** Stands for the next of {@link #farLines}. */
  private static final int FAR = (1 << (Byte.SIZE - KIND_BITS)) - 1;

  /** Lengths of key and data before a record of the database. */
  private static final int RECORD_HEAD_BYTES = 8;

  /** For each record its kind, and above that how many lines it is behind the one before. */
  private byte[] notes = new byte[1 << 14];

  private int noteCount;
  private long lastLine;
  private final List<Long> farLines = new ArrayList<>();

  private final int seed;
  private HashBits names = new HashBits(0, 0);
  private final List<Suspect> suspects = new ArrayList<>();

  /** A record of a name that looks wrong. */
  private record Suspect(long position, long line) {}

  /** The SOA record of a zone. */
  private record Zone(int hash, long position) {}

  /** A record of the database. */
  private record Stored(Bytes key, Bytes value) {}

  /** All zones, if one has a DS record, which is right where there is a zone above. */
  private final List<Zone> zones = new ArrayList<>();

  /**
   * A search.
   *
   * @param seed unknown to whoever made the data
   */
  Suspects(int seed) {
    this.seed = seed;
  }

  /**
   * Takes the next record of the database.
   *
   * @param data as {@link Lint#add} takes it
   * @param isPlain whether an SOA record of the line has the same numbers as others of its kind
   */
  void add(byte[] data, boolean isPlain, long line) {
    note(kindOf(data, isPlain), line);
  }

  private static int kindOf(byte[] data, boolean isPlain) {
    int kind = kindOf(Lint.typeOf(data));
    return switch (kind) {
      case KIND_NS -> isForAll(data) ? KIND_NS : KIND_OTHER;
      case KIND_FULL_SOA -> isPlain ? KIND_PLAIN_SOA : KIND_FULL_SOA;
      default -> kind;
    };
  }

  /** True if everybody always sees the record. */
  private static boolean isForAll(byte[] data) {
    return !Lint.hasLocation(data) && ByteBuffer.wrap(data).getLong(TIMESTAMP) == 0;
  }

  /** Takes the next record of the database, which is no record of a name. */
  void addLocation(long line) {
    note(KIND_NOTHING, line);
  }

  private void note(int kind, long line) {
    if (noteCount == notes.length) {
      notes = Arrays.copyOf(notes, 2 * noteCount);
    }
    long step = Math.min(line - lastLine, FAR);
    if (step == FAR) {
      farLines.add(line);
    }
    notes[noteCount++] = (byte) ((step << KIND_BITS) | kind);
    lastLine = line;
  }

  private static int kindOf(int type) {
    if (type == RecordType.NS.code()) {
      return KIND_NS;
    }
    if (type == RecordType.CNAME.code()) {
      return KIND_CNAME;
    }
    if (type == RecordType.SOA.code()) {
      return KIND_FULL_SOA;
    }
    if (type == RecordType.DNAME.code()) {
      return KIND_DNAME;
    }
    if (type == RecordType.DS.code()) {
      return KIND_DS;
    }
    return OwnerRules.mayBeBesideCname(new RecordType(type)) ? KIND_NOTHING : KIND_OTHER;
  }

  private int bits(int index) {
    return BITS_OF_KIND[notes[index] & KIND_MASK];
  }

  /** Chooses the records of names that look wrong. */
  void choose(CdbWriter writer) {
    gather(writer);
    for (int i = 0; i < noteCount; i++) {
      int hash = writer.hashAt(i);
      if (names.contains(hash)) {
        int second = (bits(i) & names.get(hash) & COUNTED) * SECOND;
        names.set(hash, bits(i) | second);
      }
    }
    if (names.anyMatch(Suspects::looksWrong)) {
      pick(writer);
    }
  }

  /** Gathers the names that have one of the types without which nothing is wrong. */
  private void gather(CdbWriter writer) {
    int specials = 0;
    for (int i = 0; i < noteCount; i++) {
      specials += (bits(i) & SPECIAL) == 0 ? 0 : 1;
    }
    names = new HashBits(specials, seed);
    for (int i = 0; i < noteCount; i++) {
      if ((bits(i) & SPECIAL) != 0) {
        names.add(writer.hashAt(i));
      }
    }
  }

  /** Counts the lines again, and picks the records that look wrong. */
  private void pick(CdbWriter writer) {
    boolean needsZones = names.anyMatch(bits -> (bits & SOA) != 0 && (bits & DS) != 0);
    Iterator<Long> far = farLines.iterator();
    long line = 0;
    for (int i = 0; i < noteCount; i++) {
      int step = (notes[i] & 0xff) >>> KIND_BITS;
      line = step == FAR ? far.next() : line + step;
      if (looksWrong(names.get(writer.hashAt(i)))) {
        suspects.add(new Suspect(writer.positionAt(i), line));
      }
      if (needsZones && (bits(i) & SOA) != 0) {
        zones.add(new Zone(writer.hashAt(i), writer.positionAt(i)));
      }
    }
  }

  private static boolean looksWrong(int bits) {
    boolean hasSecond = (bits & SECOND_OF_SOME) != 0 || (bits & SOA) == SOA;
    boolean mixed = (bits & CNAME) != 0 && (bits & OTHER) != 0;
    boolean oddZone = (bits & SOA) != 0 && ((bits & NS) == 0 || (bits & DS) != 0);
    return hasSecond || mixed || oddZone;
  }

  /**
   * The faults of the chosen records of a database, by line.
   *
   * @param lint new, takes these records
   */
  List<Finding> faults(FileChannel database, Lint lint) throws IOException {
    if (suspects.isEmpty()) {
      return List.of();
    }
    Set<Integer> above = new HashSet<>();
    for (Suspect suspect : suspects) {
      Stored stored = read(database, suspect.position());
      byte[] key = stored.key().toArray();
      byte[] value = stored.value().toArray();
      lint.add(suspect.line(), false, key, key.length, value, value.length);
      if (kindOf(Lint.typeOf(value)) == KIND_DS) {
        addAncestors(Name.ofWire(key, 0), above);
      }
    }
    Set<Name> zonesAbove = zonesAbove(database, above);
    return lint.faultsOfNames(name -> isBelow(name, zonesAbove));
  }

  /** Adds the hashes of the names above a name. */
  private static void addAncestors(Name name, Set<Integer> hashes) {
    Name at = name;
    while (!at.isRoot()) {
      at = at.parent();
      byte[] key = at.toWire();
      hashes.add(Cdb.hash(key, 0, key.length));
    }
  }

  /** Reads the names of zones with certain hashes: others may have the same ones. */
  private Set<Name> zonesAbove(FileChannel file, Set<Integer> hashes) throws IOException {
    Set<Name> found = new HashSet<>();
    for (Zone zone : zones) {
      if (hashes.contains(zone.hash())) {
        found.add(Name.ofWire(read(file, zone.position()).key().toArray(), 0));
      }
    }
    return found;
  }

  private static boolean isBelow(Name name, Set<Name> zones) {
    Name at = name;
    while (!at.isRoot()) {
      at = at.parent();
      if (zones.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private static Stored read(FileChannel file, long position) throws IOException {
    ByteBuffer head = read(file, position, RECORD_HEAD_BYTES);
    int keyLength = head.order(ByteOrder.LITTLE_ENDIAN).getInt();
    int valueLength = head.getInt();
    long start = position + RECORD_HEAD_BYTES;
    byte[] key = read(file, start, keyLength).array();
    byte[] value = read(file, start + keyLength, valueLength).array();
    return new Stored(Bytes.of(key), Bytes.of(value));
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }
}
