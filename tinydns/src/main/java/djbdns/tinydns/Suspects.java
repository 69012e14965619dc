package djbdns.tinydns;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lint.Lint;
import djbdns.wire.Name;
import djbdns.wire.OwnerRules;
import djbdns.wire.RecordType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

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
  private static final int SOA = 1 << 2;
  private static final int NS = 1 << 3;
  private static final int DS = 1 << 4;

  /** Not to be beside CNAME. */
  private static final int OTHER = 1 << 5;

  private static final int SECOND_CNAME = 1 << 6;
  private static final int SECOND_DNAME = 1 << 7;

  /** Without one of these there is nothing wrong with a name. */
  private static final int SPECIAL = CNAME | DNAME | SOA;

  /** What the kinds of records mean for their name. */
  private static final int[] BITS_OF_KIND = {
    0, OTHER, CNAME, DNAME | OTHER, SOA | OTHER, NS | OTHER, DS | OTHER
  };

  /** Where the marker of a record is, and the timestamp of one that is not of a location. */
  private static final int MARKER = 2;

  private static final int TIMESTAMP = 7;

  private static final int KIND_NOTHING = 0;
  private static final int KIND_OTHER = 1;
  private static final int KIND_CNAME = 2;
  private static final int KIND_DNAME = 3;
  private static final int KIND_SOA = 4;
  private static final int KIND_NS = 5;
  private static final int KIND_DS = 6;

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

  private HashBits names = new HashBits(0);
  private final List<Suspect> suspects = new ArrayList<>();

  /** A record of a name that looks wrong. */
  private record Suspect(long position, long line) {}

  /**
   * Takes the next record of the database.
   *
   * @param data as {@link Lint#add} takes it
   */
  void add(byte[] data, long line) {
    int type = (data[0] & 0xff) << Byte.SIZE | (data[1] & 0xff);
    boolean isSomeNs = type == RecordType.NS.code() && !isForAll(data);
    note(isSomeNs ? KIND_OTHER : kindOf(type), line);
  }

  /** Whether everybody always sees the record. */
  private static boolean isForAll(byte[] data) {
    boolean hasLocation = data[MARKER] == '>' || data[MARKER] == '+';
    return !hasLocation && ByteBuffer.wrap(data).getLong(TIMESTAMP) == 0;
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
      return KIND_SOA;
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
        int second = (bits(i) & names.get(hash) & (CNAME | DNAME)) * SECOND_CNAME;
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
    names = new HashBits(specials);
    for (int i = 0; i < noteCount; i++) {
      if ((bits(i) & SPECIAL) != 0) {
        names.add(writer.hashAt(i));
      }
    }
  }

  /** Counts the lines again, and picks the records that look wrong. */
  private void pick(CdbWriter writer) {
    Iterator<Long> far = farLines.iterator();
    long line = 0;
    for (int i = 0; i < noteCount; i++) {
      int step = (notes[i] & 0xff) >>> KIND_BITS;
      line = step == FAR ? far.next() : line + step;
      if (looksWrong(names.get(writer.hashAt(i)))) {
        suspects.add(new Suspect(writer.positionAt(i), line));
      }
    }
  }

  private static boolean looksWrong(int bits) {
    boolean manyAliases = (bits & (SECOND_CNAME | SECOND_DNAME)) != 0;
    boolean mixed = (bits & CNAME) != 0 && (bits & OTHER) != 0;
    boolean oddZone = (bits & SOA) != 0 && ((bits & NS) == 0 || (bits & DS) != 0);
    return manyAliases || mixed || oddZone;
  }

  /**
   * What is wrong with the chosen records of a database, by line.
   *
   * @param lint new, takes these records
   */
  List<Finding> faults(Path database, Lint lint) throws IOException {
    if (suspects.isEmpty()) {
      return List.of();
    }
    try (FileChannel file = FileChannel.open(database)) {
      for (Suspect suspect : suspects) {
        addTo(lint, file, suspect);
      }
    }
    return lint.faultsOfNames(this::isBelowZone);
  }

  private static void addTo(Lint lint, FileChannel file, Suspect suspect) throws IOException {
    ByteBuffer head = read(file, suspect.position(), RECORD_HEAD_BYTES);
    int keyLength = head.order(ByteOrder.LITTLE_ENDIAN).getInt();
    int valueLength = head.getInt();
    long start = suspect.position() + RECORD_HEAD_BYTES;
    byte[] key = read(file, start, keyLength).array();
    byte[] value = read(file, start + keyLength, valueLength).array();
    lint.add(suspect.line(), false, key, keyLength, value, valueLength);
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

  private boolean isBelowZone(Name name) {
    Name at = name;
    while (!at.isRoot()) {
      at = at.parent();
      byte[] key = at.lowerCase().toWire();
      if ((names.get(Cdb.hash(key, 0, key.length)) & SOA) != 0) {
        return true;
      }
    }
    return false;
  }
}
