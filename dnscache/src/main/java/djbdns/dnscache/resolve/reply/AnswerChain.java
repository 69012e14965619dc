package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the answer section of one reply from the question on: aliases as far as the zone's
 * servers may speak of them, then the records asked for. Everything else in the section is ignored.
 */
final class AnswerChain {
  /** The end of a chain. */
  enum End {
    /** With records of the type asked for. */
    RECORDS,
    /** With an alias that somebody else, or the same server once more, has to be asked about. */
    ALIAS,
    /** At a name about which the section says nothing. */
    NOTHING,
    /** As {@link #NOTHING}, but there were only addresses that must not come out. */
    ONLY_PRIVATE,
    /** With an alias to a name before it. */
    LOOP,
    /** With a DNAME record that makes too long a name (RFC 6672, 2.2: YXDOMAIN). */
    TOO_LONG
  }

  private static final int CNAME = RecordType.CNAME.code();
  private static final int DNAME = RecordType.DNAME.code();
  private static final int NONE = -1;

  private final RecordIndex index;
  private final RrsetBuilder builder;
  private final Bailiwick bailiwick;
  private final Lifetimes lifetimes;
  private final int type;
  private final long unixSeconds;
  private final boolean withPrivate;

  private final List<Rrset> records = new ArrayList<>(2);
  private final List<Name> names = new ArrayList<>(2);
  private Name name;

  /** The places of the first record of each kind for the name at hand. */
  private int wanted;

  private int cname;
  private int dname;

  /**
   * A chain that has not been followed.
   *
   * @param index of the reply
   * @param builder any; its set so far is lost
   * @param withPrivate whether private addresses may come out
   */
  AnswerChain(
      RecordIndex index,
      RrsetBuilder builder,
      Bailiwick bailiwick,
      Lifetimes lifetimes,
      ReplyReader.Context context,
      boolean withPrivate) {
    this.index = index;
    this.builder = builder;
    this.bailiwick = bailiwick;
    this.lifetimes = lifetimes;
    this.withPrivate = withPrivate;
    type = context.type();
    unixSeconds = context.unixSeconds();
    name = context.name();
    names.add(name);
  }

  /** The sets that were found, in order. */
  List<Rrset> records() {
    return records;
  }

  /** The name at which following ended. */
  Name end() {
    return name;
  }

  boolean hasAliases() {
    return names.size() > 1;
  }

  End follow() throws MalformedPacketException {
    while (true) {
      find();
      if (dname == NONE && wanted != NONE) {
        return takeWanted();
      }
      if (dname == NONE && cname == NONE) {
        return End.NOTHING;
      }
      if (names.size() > ResolverLimits.ALIASES_PER_REPLY) {
        return End.ALIAS;
      }
      Optional<Rrset> alias =
          dname == NONE ? Optional.of(alone(name, cname)) : Aliases.synthesise(name, takeDname());
      if (alias.isEmpty()) {
        return End.TOO_LONG;
      }
      records.add(alias.get());
      if (type == CNAME) {
        return End.RECORDS;
      }
      name = alias.get().firstName();
      if (names.contains(name)) {
        return End.LOOP;
      }
      names.add(name);
      if (!bailiwick.contains(name)) {
        return End.ALIAS;
      }
    }
  }

  /** Looks through the section for what it says of the name at hand. */
  private void find() throws MalformedPacketException {
    int[] hashes = index.suffixHashes(name);
    int hash = hashes[name.length()];
    wanted = NONE;
    cname = NONE;
    dname = NONE;
    for (int i = 0; i < index.answerEnd(); i++) {
      int found = index.type(i);
      if (found == DNAME && dname == NONE && isAncestor(i, hashes)) {
        dname = i;
      }
      boolean candidate = (found == type && wanted == NONE) || (found == CNAME && cname == NONE);
      if (candidate && index.isOwnedBy(i, name, hash)) {
        wanted = found == type && wanted == NONE ? i : wanted;
        cname = found == CNAME && cname == NONE ? i : cname;
      }
    }
  }

  /** True if a DNAME record's owner is above the name, and the zone's servers may speak of it. */
  private boolean isAncestor(int record, int[] hashes) throws MalformedPacketException {
    int length = index.ownerLength(record);
    if (length >= name.length() || hashes[length] != index.ownerHash(record)) {
      return false;
    }
    Name owner = index.owner(record);
    return name.isWithin(owner) && bailiwick.contains(owner);
  }

  private End takeWanted() throws MalformedPacketException {
    int hash = RecordIndex.hash(name);
    boolean dropped = false;
    builder.begin();
    for (int i = wanted; i < index.answerEnd(); i++) {
      if (index.type(i) == type && index.isOwnedBy(i, name, hash)) {
        if (!withPrivate && index.isPrivateAddress(i)) {
          dropped = true;
        } else {
          builder.add(i);
        }
      }
    }
    if (builder.count() == 0) {
      return dropped ? End.ONLY_PRIVATE : End.NOTHING;
    }
    records.add(builder.build(name, type, expiresAt()));
    return End.RECORDS;
  }

  private long expiresAt() {
    return lifetimes.expiresAt(builder.ttlSeconds(), unixSeconds);
  }

  /** A set of one record: a name has one alias at most (RFC 1034, 3.6.2; RFC 6672, 2.4). */
  private Rrset alone(Name owner, int record) throws MalformedPacketException {
    builder.begin();
    builder.add(record);
    return builder.build(owner, index.type(record), expiresAt());
  }

  /**
   * The DNAME record, which takes the place of any CNAME that the server has made from it (RFC
   * 6672, 3.1); in the chain once, however many names it redirects.
   */
  private Rrset takeDname() throws MalformedPacketException {
    Rrset taken = alone(index.owner(dname), dname);
    boolean known = false;
    for (Rrset before : records) {
      known |= before.type() == DNAME && before.owner().equals(taken.owner());
    }
    if (!known) {
      records.add(taken);
    }
    return taken;
  }
}
