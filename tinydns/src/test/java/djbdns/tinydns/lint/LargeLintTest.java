package djbdns.tinydns.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of data in which looking at each pair of records would take minutes. */
@Timeout(60)
class LargeLintTest {
  private static final long FIRST_LABEL = 0x4000000000000001L;

  private final NameTree tree = new NameTree();
  private long lines;

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void add(String owner, RecordType type, long ttlSeconds, long timestamp, byte[] data) {
    lines++;
    tree.add(
        name(owner),
        new Entry(lines, false, type.code(), 0, ttlSeconds, timestamp, Bytes.of(data)));
  }

  private void add(String owner, RecordType type, byte[] data) {
    add(owner, type, 60, 0, data);
  }

  private Effort effort() {
    return new Effort(tree.size());
  }

  private List<Finding> findings(Check check) {
    List<Finding> findings = new ArrayList<>();
    tree.forEach((name, entries) -> check.look(name, entries, findings));
    findings.sort(null);
    return findings;
  }

  @Test
  void shouldCompareAliasesOfManyTimes() {
    int count = 200_000;
    byte[] target = name("y.p.test").toWire();
    for (int i = 0; i < count; i++) {
      add("x.p.test", RecordType.CNAME, 60, FIRST_LABEL + i, target);
    }
    add("x.p.test", RecordType.CNAME, 0, FIRST_LABEL + 7, name("z.p.test").toWire());
    assertEquals(
        List.of(new Finding(count + 1, "x.p.test has another CNAME in line 1")),
        findings(new FaultCheck(_ -> false, new Clients(), FIRST_LABEL)));
  }

  @Test
  void shouldFindNothingBesideAliasesThatAreOver() {
    int count = 200_000;
    byte[] target = name("y.p.test").toWire();
    for (int i = 0; i < count; i++) {
      add("x.p.test", RecordType.CNAME, 0, FIRST_LABEL + i, target);
      add("x.p.test", RecordType.A, 60, FIRST_LABEL + count - 1 + i, new byte[4]);
    }
    add("x.p.test", RecordType.TXT, 60, FIRST_LABEL + count - 2, new byte[1]);
    assertEquals(
        List.of(
            new Finding(
                2 * count - 1, "CNAME of x.p.test is beside TXT in line " + (2 * count + 1))),
        findings(new FaultCheck(_ -> false, new Clients(), FIRST_LABEL)));
  }

  @Test
  void shouldFollowLongWaysIntoLoops() {
    int count = 100_000;
    add("p.test", RecordType.SOA, new byte[22]);
    for (int i = 0; i < count; i++) {
      String next = "n" + Math.min(i + 1, count - 1) + ".p.test";
      add("n" + i + ".p.test", RecordType.CNAME, name(next).toWire());
    }
    String last = "n" + (count - 1) + ".p.test";
    List<Finding> findings = findings(new LoopCheck(tree, effort()));
    assertEquals(count, findings.size());
    assertEquals(
        new Finding(2, "CNAME of n0.p.test leads into the loop of " + last), findings.getFirst());
    assertEquals(
        new Finding(count + 1, "CNAME of " + last + " leads back to itself"), findings.getLast());
  }

  @Test
  void shouldFollowLongLoops() {
    int count = 100_000;
    add("p.test", RecordType.SOA, new byte[22]);
    for (int i = 0; i < count; i++) {
      String next = "n" + (i + 1) % count + ".p.test";
      add("n" + i + ".p.test", RecordType.CNAME, name(next).toWire());
    }
    assertEquals(
        List.of(new Finding(2, "CNAME of n0.p.test leads back to itself through n1.p.test")),
        findings(new LoopCheck(tree, effort())));
  }

  /** Owners with names of which each pair has one hash code. */
  @Test
  void shouldNotBeSlowedByNamesWithOneHashCode() {
    int bits = 16;
    Set<Integer> hashCodes = new HashSet<>();
    add("p.test", RecordType.SOA, new byte[22]);
    for (int i = 0; i < 1 << bits; i++) {
      StringBuilder owner = new StringBuilder();
      for (int bit = 0; bit < bits; bit++) {
        owner.append((i >> bit & 1) == 0 ? "an" : "c0");
      }
      add(owner + ".p.test", RecordType.CNAME, name(owner + ".p.test").toWire());
      hashCodes.add(name(owner + ".p.test").hashCode());
    }
    assertEquals(1, hashCodes.size());
    assertEquals(1 << bits, findings(new LoopCheck(tree, effort())).size());
  }

  @Test
  void shouldFollowManyAliasesThroughANameOfMany() {
    int count = 100_000;
    add("p.test", RecordType.SOA, new byte[22]);
    for (int i = 0; i < count; i++) {
      long timestamp = FIRST_LABEL + i;
      add("a.p.test", RecordType.CNAME, 0, timestamp, name("b.p.test").toWire());
      add("b.p.test", RecordType.CNAME, 60, timestamp, name("c.p.test").toWire());
    }
    Effort effort = effort();
    assertEquals(List.of(), findings(new LoopCheck(tree, effort)));
    assertEquals(Optional.empty(), effort.end());
  }

  private void assertGivesUp(Function<Effort, Check> check) {
    Effort effort = effort();
    findings(check.apply(effort));
    assertEquals(
        "aliases have too many ways: not all of them were followed",
        effort.end().orElseThrow().what());
  }

  /** Each of many times has a way of its own through many aliases. */
  @Test
  void shouldGiveUpWaysOfManyTimesAndSaySo() {
    int count = 20_000;
    add("p.test", RecordType.SOA, new byte[22]);
    for (int i = 0; i < count; i++) {
      add("n" + i + ".p.test", RecordType.CNAME, name("n" + (i + 1) + ".p.test").toWire());
      byte[] target = name("n0.p.test").toWire();
      add("s" + i + ".p.test", RecordType.CNAME, 60, FIRST_LABEL + i, target);
    }
    assertGivesUp(effort -> new LoopCheck(tree, effort));
  }

  /** Each of many names grows in a way of its own. */
  @Test
  void shouldGiveUpNamesThatGrowAndSaySo() {
    int count = 50_000;
    add("p.test", RecordType.SOA, new byte[22]);
    add("g.p.test", RecordType.DNAME, name("y.g.p.test").toWire());
    for (int i = 0; i < count; i++) {
      add("s" + i + ".p.test", RecordType.CNAME, name("x" + i + ".g.p.test").toWire());
    }
    assertGivesUp(effort -> new LoopCheck(tree, effort));
    assertGivesUp(effort -> new TargetCheck(tree, effort, new Clients(), FIRST_LABEL));
  }

  @Test
  void shouldLookForManyServersAtAHostOfManyRecords() {
    int count = 200_000;
    add("p.test", RecordType.SOA, new byte[22]);
    byte[] host = name("host.p.test").toWire();
    byte[] text = name("text.p.test").toWire();
    for (int i = 0; i < count; i++) {
      add("host.p.test", RecordType.A, ByteBuffer.allocate(4).putInt(i).array());
      add("text.p.test", RecordType.TXT, ByteBuffer.allocate(5).put((byte) 4).putInt(i).array());
      add("p.test", RecordType.MX, ByteBuffer.allocate(2 + host.length).put(2, host).array());
      add("p.test", RecordType.MX, ByteBuffer.allocate(2 + text.length).put(2, text).array());
    }
    List<Finding> findings = findings(new TargetCheck(tree, effort(), new Clients(), FIRST_LABEL));
    assertEquals(count, findings.size());
    assertEquals(
        new Finding(5, "MX of p.test names text.p.test, which has no address"),
        findings.getFirst());
  }
}
