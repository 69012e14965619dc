package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.A;
import static djbdns.tinydns.lookup.RecordData.CNAME;
import static djbdns.tinydns.lookup.RecordData.DNAME;
import static djbdns.tinydns.lookup.RecordData.IPV4_BYTES;
import static djbdns.tinydns.lookup.RecordData.NS;
import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.content.Outcome;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.random.RandomGenerator;

/**
 * Answers as RFC 1034 (4.3.2) and its successors ask: a zone ends at the topmost delegation in it,
 * a name with names below it exists (RFC 8020), a wildcard applies below the closest encloser only
 * (RFC 4592), aliases are followed inside the zone until they lead back, DNAME redirects the names
 * below it (RFC 6672), a DS question about a delegation is the parent's to answer (RFC 4035,
 * 3.1.4.1), and a referral comes with its glue or says TC (RFC 9471).
 *
 * <p>A zone is, as in 1.05, a name with both SOA and NS records visible to the client.
 */
public final class StandardLookup implements Lookup {
  private static final int ANY = RecordType.ANY.code();
  private static final int IN = RecordClass.IN.code();
  private static final int IXFR = RecordType.IXFR.code();

  private final RecordCursor records = new RecordCursor();
  private final ZoneSearch zone = new ZoneSearch(records);
  private final ClientLocation location = new ClientLocation();
  private final Glue glue = new Glue();
  private final AddressSample sample;

  /** The name being answered: the question's, then an alias's target. */
  private final byte[] name = new byte[Limits.NAME_BYTES];

  private int nameLength;

  private final Alias alias = new Alias();
  private final Trail trail = new Trail();

  /** The label "*" and the closest encloser. */
  private final byte[] wildcard = new byte[Limits.NAME_BYTES + 2];

  private ZoneData data;
  private PacketWriter out;
  private int type;

  /** The facts found while the answer section was written. */
  private boolean exists;

  private boolean answered;
  private boolean full;

  /** A DNAME record led to a name that is too long. */
  private boolean tooLong;

  /**
   * A lookup that has no data yet.
   *
   * @param random chooses which addresses are given, and their order
   */
  public StandardLookup(RandomGenerator random) {
    sample = new AddressSample(random);
  }

  @Override
  public void use(ZoneData newer) {
    data = newer;
    records.use(newer.cdb());
    location.use(newer);
    glue.use(newer.cdb());
  }

  @Override
  public Outcome answer(
      byte[] queryName,
      int queryNameLength,
      int queryType,
      byte[] address,
      int addressLength,
      long nowTai64,
      PacketWriter writer) {
    out = writer;
    // The current SOA alone says that the zone is to be had over TCP (RFC 1995, 2 and 4).
    type = queryType == IXFR ? SOA : queryType;
    full = false;
    tooLong = false;
    nameLength = queryNameLength;
    System.arraycopy(queryName, 0, name, 0, nameLength);
    int clientLocation = data.hasLocations() ? location.of(address, addressLength) : 0;
    records.look(clientLocation, nowTai64);
    glue.start(clientLocation, nowTai64, out);
    zone.search(name, nameLength, type);
    if (records.isDamaged()) {
      return Outcome.FAILED;
    }
    if (zone.isOutside()) {
      return Outcome.OUTSIDE;
    }
    if (zone.isDelegated()) {
      out.flags(out.flags() & ~Header.AA);
      refer();
    } else {
      answerFromZone();
    }
    if (records.isDamaged() || glue.isDamaged()) {
      return Outcome.FAILED;
    }
    if (full) {
      out.truncate();
    }
    return Outcome.ANSWERED;
  }

  /**
   * Puts the cursor on a name's own records; those of {@code *.x} are kept as the wildcard of x.
   */
  private void findOwn(int label) {
    boolean star = name[label] == 1 && name[label + 1] == '*';
    find(star ? label + 2 : label, star);
  }

  private void find(int label, boolean wildcardBelow) {
    records.find(name, label, nameLength - label, wildcardBelow);
  }

  /** The name is at or below a delegation: who answers for it. */
  private void refer() {
    if (!writeNameServers(zone.cut())) {
      full = true;
      return;
    }
    full |= !glue.writeFor(name, zone.cut());
  }

  private void answerFromZone() {
    boolean found = writeAnswers();
    if (full || tooLong || records.isDamaged()) {
      return;
    }
    if (zone.isDelegated()) {
      // An alias led out of the zone, through a delegation of ours.
      refer();
    } else if (found) {
      writeAuthority();
    } else {
      full |= !writeSoa();
    }
  }

  /**
   * Writes what the name and the aliases it leads to have; false if there is nothing at the end.
   */
  private boolean writeAnswers() {
    trail.clear();
    while (true) {
      writeAnswersOfName();
      if (full || tooLong || records.isDamaged()) {
        return true;
      }
      if (!exists) {
        out.flags(out.flags() | Rcode.NXDOMAIN.code());
        return false;
      }
      if (answered || !alias.isHeld()) {
        return answered;
      }
      if (!followAlias() || zone.isDelegated()) {
        return true;
      }
    }
  }

  /**
   * Moves on to the alias's target; false if that is outside of the zone, or cannot be read, or if
   * the chain leads back to a name that it has been at, never ends, or is too long.
   */
  private boolean followAlias() {
    trail.add(name, nameLength, zone.isRedirected() ? zone.redirection() : Trail.NO_REDIRECTION);
    if (trail.isFull()
        || !alias.leadsInto(name, zone.apex(), nameLength - zone.apex())
        || alias.leadsBack(trail)
        || leadsBelowItself()) {
      return false;
    }
    nameLength = alias.copyTo(name);
    zone.search(name, nameLength, type);
    return !records.isDamaged();
  }

  /**
   * True if the target's alias is made by the same DNAME record, and that one's, and so on: that
   * record's target is then its owner, or below it, and no alias is shorter than the one before.
   */
  private boolean leadsBelowItself() {
    return zone.isRedirected()
        && alias.length() >= nameLength
        && alias.leadsInto(name, zone.redirection(), nameLength - zone.redirection());
  }

  private void writeAnswersOfName() {
    answered = false;
    alias.clear();
    if (zone.isRedirected()) {
      exists = true;
      writeRedirection();
      return;
    }
    findOwn(0);
    exists = writeMatches();
    if (exists || full || records.isDamaged()) {
      return;
    }
    exists = zone.apex() == 0 || data.hasNamesBelow(name, 0, nameLength);
    if (!exists) {
      writeWildcard();
    }
  }

  /** Writes the DNAME record above the name and the alias that it makes of it (RFC 6672, 3.2). */
  private void writeRedirection() {
    find(zone.redirection(), false);
    while (records.next()) {
      if (!RecordData.isRedirection(records)) {
        continue;
      }
      tooLong = !alias.substitute(records, name, zone.redirection());
      if (!isGiven(zone.redirection()) && !writeRecord(zone.redirection(), Section.ANSWER)) {
        full = true;
      } else if (tooLong) {
        out.flags(out.flags() | Rcode.YXDOMAIN.code());
      } else {
        full = !alias.write(name, out);
        answered = type == CNAME || type == ANY;
      }
      return;
    }
  }

  /** True if the chain has led through the DNAME record of a name, so that the answer has it. */
  private boolean isGiven(int redirection) {
    return trail.hasRedirection(name, redirection, nameLength - redirection);
  }

  /** Answers from the wildcard below the closest encloser, if it has one (RFC 4592, 3.3.1). */
  private void writeWildcard() {
    int encloser = 1 + name[0];
    while (encloser != zone.apex() && !nodeExists(encloser)) {
      encloser += 1 + name[encloser];
    }
    find(encloser, true);
    exists = writeMatches();
    if (!exists && !full && !records.isDamaged()) {
      int length = nameLength - encloser;
      wildcard[0] = 1;
      wildcard[1] = '*';
      System.arraycopy(name, encloser, wildcard, 2, length);
      exists = data.hasNamesBelow(wildcard, 0, 2 + length);
    }
  }

  private boolean nodeExists(int label) {
    if (data.hasNamesBelow(name, label, nameLength - label)) {
      return true;
    }
    findOwn(label);
    return records.next();
  }

  /**
   * Writes the records under the cursor that match the question; an alias only where nothing else
   * does. True if the cursor held any record at all.
   */
  private boolean writeMatches() {
    boolean any = false;
    boolean gaveSoa = false;
    sample.clear();
    while (records.next()) {
      any = true;
      int recordType = records.type();
      if (recordType == CNAME && type != CNAME && type != ANY) {
        alias.hold(records);
        continue;
      }
      if ((recordType != type && type != ANY) || (gaveSoa && recordType == SOA)) {
        continue;
      }
      answered = true;
      gaveSoa |= recordType == SOA;
      if (recordType == DNAME && isGiven(0)) {
        continue;
      }
      if (recordType == A && records.dataLength() == IPV4_BYTES) {
        sample.add(records.data(), records.ttlSeconds());
      } else if (!writeRecord(0, Section.ANSWER)) {
        full = true;
        return true;
      }
    }
    full |= !sample.write(name, out);
    if (!answered && alias.isHeld()) {
      full |= !alias.write(name, out);
    }
    return any;
  }

  private boolean writeRecord(int owner, Section section) {
    if (!out.beginRecord(name, owner, records.type(), IN, records.ttlSeconds())
        || !RecordData.write(records, out)) {
      return false;
    }
    out.endRecord(section);
    glue.want(records);
    return true;
  }

  /** The zone's name servers and every address that helps, as far as there is room. */
  private void writeAuthority() {
    if (!(zone.apex() == 0 && (type == NS || type == ANY))) {
      long mark = out.mark();
      if (!writeNameServers(zone.apex())) {
        out.rollBack(mark, Section.AUTHORITY, 0);
        return;
      }
    }
    glue.writeWhatFits(name, nameLength, type);
  }

  private boolean writeNameServers(int owner) {
    find(owner, false);
    while (records.next()) {
      if (records.type() == NS && !writeRecord(owner, Section.AUTHORITY)) {
        return false;
      }
    }
    return true;
  }

  /** The zone's SOA, living no longer than a negative answer may (RFC 2308, 3 and 5). */
  private boolean writeSoa() {
    find(zone.apex(), false);
    while (records.next()) {
      if (records.type() != SOA) {
        continue;
      }
      int numbers = RecordData.soaNumbers(records.data(), records.dataLength());
      if (numbers < 0) {
        return false;
      }
      long ttlSeconds =
          Math.min(records.ttlSeconds(), RecordData.u32(records.data(), numbers + 16));
      if (!out.beginRecord(name, zone.apex(), SOA, IN, ttlSeconds)
          || !RecordData.write(records, out)) {
        return false;
      }
      out.endRecord(Section.AUTHORITY);
      return true;
    }
    return true;
  }
}
