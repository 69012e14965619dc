package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Looks through the records of a whole data file: first {@link #add} for each of them, then {@link
 * #findings} or {@link #faults}. Keeps all records in memory, some 300 bytes for each. One thread.
 */
public final class Lint {
  private static final int MARKER = 2;

  private final NameTree tree = new NameTree();
  private final Clients clients;
  private final long nowTai64;

  /** To the first line that uses it. */
  private final Map<Integer, Long> usedLocations = new TreeMap<>();

  private final List<Finding> findings = new ArrayList<>();

  /**
   * A search.
   *
   * @param clients where clients are, once all records have been added
   * @param nowTai64 the time as a TAI64 label, from which on clients have to see servers and
   *     addresses
   */
  public Lint(Clients clients, long nowTai64) {
    this.clients = clients;
    this.nowTai64 = nowTai64;
  }

  /** Adds a finding that was made when the line was read. */
  public void add(Finding finding) {
    findings.add(finding);
  }

  /**
   * Adds a record in the form in which data.cdb has it (tinydns-data.c): the owner in small letters
   * without a leading {@code *} label; type, marker, location if the marker says so, TTL,
   * timestamp, data.
   *
   * @param implied whether it was made besides what the line is about
   */
  public void add(
      long line, boolean implied, byte[] key, int keyLength, byte[] value, int valueLength) {
    Name owner = Name.ofWire(Arrays.copyOf(key, keyLength), 0);
    ByteBuffer in = ByteBuffer.wrap(value, 0, valueLength);
    int type = Short.toUnsignedInt(in.getShort());
    int marker = in.get(MARKER);
    in.position(MARKER + 1);
    boolean hasLocation = hasLocation(value);
    int location = hasLocation ? Short.toUnsignedInt(in.getShort()) : 0;
    long ttlSeconds = Integer.toUnsignedLong(in.getInt());
    long timestamp = in.getLong();
    Bytes data = Bytes.of(Arrays.copyOfRange(value, in.position(), valueLength));
    boolean isWildcard = marker == '*' || marker == '+';
    if (hasLocation) {
      usedLocations.putIfAbsent(location, line);
    }
    tree.add(
        isWildcard ? NameTree.wildcardBelow(owner) : owner,
        new Entry(line, implied, type, location, ttlSeconds, timestamp, data));
  }

  /** The type of a record in the form that {@link #add} takes. */
  public static int typeOf(byte[] value) {
    return (value[0] & 0xff) << Byte.SIZE | (value[1] & 0xff);
  }

  /** True if a record in that form is for clients at one location only. */
  public static boolean hasLocation(byte[] value) {
    return value[MARKER] == '>' || value[MARKER] == '+';
  }

  /** The faults for which other servers refuse zones of the file, sorted by line. */
  public List<Finding> faults() {
    Effort effort = new Effort(tree.size());
    look(
        List.of(faultCheck(), new SecondSoaCheck(), new OwnServerCheck(tree, targetCheck(effort))));
    return sorted();
  }

  /**
   * As {@link #faults}, if only some of the names have been added, each with all of its records.
   *
   * @param isBelowZone whether there is a zone of the file above a name
   */
  public List<Finding> faultsOfNames(Predicate<Name> isBelowZone) {
    look(List.of(new FaultCheck(isBelowZone, clients, nowTai64), new SecondSoaCheck()));
    return sorted();
  }

  private FaultCheck faultCheck() {
    return new FaultCheck(name -> tree.zoneAbove(name).isPresent(), clients, nowTai64);
  }

  private TargetCheck targetCheck(Effort effort) {
    return new TargetCheck(tree, effort, clients, nowTai64);
  }

  private List<Finding> sorted() {
    Collections.sort(findings);
    return List.copyOf(findings);
  }

  private void look(List<Check> checks) {
    tree.forEach((name, entries) -> {
      for (Check check : checks) {
        check.look(name, entries, findings);
      }
    });
  }

  /**
   * All that was found, sorted by line.
   *
   * @param compat whether names count whose answers differ from those of 1.05
   */
  public List<Finding> findings(boolean compat) {
    List<Check> checks = new ArrayList<>();
    checks.add(faultCheck());
    checks.add(new RecordSetCheck());
    checks.add(new ReachCheck(tree, nowTai64));
    Effort effort = new Effort(tree.size());
    checks.add(targetCheck(effort));
    checks.add(new LoopCheck(tree, effort));
    checks.add(new SecondSoaCheck());
    checks.add(new ZoneCheck());
    checks.add(new NameCheck(tree));
    if (compat) {
      CompatCheck check = new CompatCheck(tree);
      check.lookAtEmptyNames(findings);
      checks.add(check);
    }
    look(checks);
    effort.end().ifPresent(findings::add);
    usedLocations.forEach((location, line) -> {
      if (!clients.areAt(location)) {
        findings.add(new Finding(line, "no client is at location " + Clients.text(location)));
      }
    });
    return sorted();
  }
}
