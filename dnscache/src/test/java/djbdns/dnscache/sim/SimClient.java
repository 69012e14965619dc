package djbdns.dnscache.sim;

import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.Waiter;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.util.Optional;

/** One question of one client, and what became of it. */
public final class SimClient implements Waiter {
  private final SimClock clock;
  private final Bytes address;
  private final Name name;
  private final int type;
  private final long askedNs;
  private int told;
  private long toldNs;
  private Optional<Answer> answer = Optional.empty();

  /** A question that is put now. */
  public SimClient(SimClock clock, int address, Name name, int type) {
    this.clock = clock;
    this.address = Bytes.of((byte) 10, (byte) 9, (byte) (address >> 8), (byte) address);
    this.name = name;
    this.type = type;
    this.askedNs = clock.nanoTime();
  }

  @Override
  public Bytes client() {
    return address;
  }

  @Override
  public void answered(Answer newAnswer) {
    told++;
    toldNs = clock.nanoTime();
    answer = Optional.of(newAnswer);
  }

  @Override
  public void dropped() {
    told++;
    toldNs = clock.nanoTime();
  }

  public Name name() {
    return name;
  }

  public int type() {
    return type;
  }

  /** When it was asked. */
  long askedNs() {
    return askedNs;
  }

  /** When it was told something. */
  long toldNs() {
    return toldNs;
  }

  /** How often it was told something: once, or something is wrong. */
  public int told() {
    return told;
  }

  /** From the question to its answer. */
  public long waitedMs() {
    return (toldNs - askedNs) / SimClock.NS_PER_MS;
  }

  /** Empty if it was dropped, or not told anything. */
  public Optional<Answer> answer() {
    return answer;
  }

  @Override
  public String toString() {
    String asked = name + " " + type + " asked at " + askedNs / SimClock.NS_PER_MS + " ms";
    return told == 0 ? asked : asked + ", told after " + waitedMs() + " ms";
  }
}
