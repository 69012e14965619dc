package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.reply.Reply.Content;
import djbdns.dnscache.resolve.reply.Reply.Ending;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads replies, and leaves out everything that the server has no right to say or was not asked:
 * see {@link Bailiwick} and {@link AnswerChain}. NS records beside an answer are ignored, so only a
 * referral gives a delegation (CVE-2025-59023, CVE-2025-11411). A record that cannot be read spoils
 * the reply if it would have been used, or if it hides where the next one starts; in the additional
 * section it hides those behind it.
 *
 * <p>The work is in proportion to the length of the reply. Belongs to one thread and is meant to be
 * reused.
 */
public final class ReplyReader {
  /**
   * The question of a packet, and for whom it was asked.
   *
   * @param name what was asked; records of other owners count only on the way from it
   * @param type 0 to 65535
   * @param zone whose servers were asked: nothing outside it counts
   * @param forwarded the server is a cache (RD=1): delegations mean nothing
   */
  public record Context(
      Name name, int type, Delegation zone, boolean forwarded, long unixSeconds) {}

  private static final int NS = RecordType.NS.code();
  private static final int SOA = RecordType.SOA.code();
  private static final int DS = RecordType.DS.code();
  private static final int NONE = -1;

  private final ConfiguredZones configured;
  private final ConfiguredZones exclusive;
  private final ResolverConfig config;
  private final Lifetimes lifetimes;
  private final RecordIndex index = new RecordIndex();
  private final RrsetBuilder builder;
  private final DelegationReader delegations;

  /**
   * A reader.
   *
   * @param random for the key of a hash; nobody else may know what it gives
   */
  public ReplyReader(ConfiguredZones configured, ResolverConfig config, RandomGenerator random) {
    builder = new RrsetBuilder(index, random);
    this.configured = configured;
    exclusive = configured.withoutForwardFirst();
    this.config = config;
    lifetimes = new Lifetimes(config);
    delegations = new DelegationReader(index, new AddressPolicy(config, configured), lifetimes);
  }

  /**
   * Reads a reply whose header and question are known to be right (see ReplyMatcher) and that is
   * not truncated.
   *
   * <p>Where {@link ResolverConfig#privateAnswers} is off, private addresses from public servers
   * are left out; if no others are there the answer is NODATA without an SOA record, which is not
   * cached: another server would only say the same.
   */
  public Reply read(byte[] packet, int length, Context context) {
    try {
      index.read(packet, length, context.name());
      return readContent(index.rcode(), context);
    } catch (MalformedPacketException e) {
      return new Reply.Malformed();
    }
  }

  private Reply readContent(Rcode rcode, Context context) throws MalformedPacketException {
    boolean nxdomain = rcode.equals(Rcode.NXDOMAIN);
    boolean yxdomain = rcode.equals(Rcode.YXDOMAIN);
    if (!rcode.equals(Rcode.NOERROR) && !nxdomain && !yxdomain) {
      return new Reply.Failed(rcode);
    }
    Bailiwick bailiwick =
        new Bailiwick(context.zone().zone(), context.forwarded() ? configured : exclusive);
    if (!bailiwick.contains(context.name())) {
      // The directory servers/ has been read again since the question was sent.
      return new Reply.Malformed();
    }
    boolean withPrivate = config.privateAnswers() || !bailiwick.isPublic();
    AnswerChain chain = new AnswerChain(index, builder, bailiwick, lifetimes, context, withPrivate);
    AnswerChain.End end = chain.follow();
    if (yxdomain && end != AnswerChain.End.TOO_LONG && end != AnswerChain.End.ALIAS) {
      // It stands for the DNAME record, here or where an alias leads, and for nothing without it.
      return new Reply.Failed(rcode);
    }
    return switch (end) {
      case RECORDS -> content(chain, Ending.RECORDS, Optional.empty(), bailiwick, context);
      case ALIAS -> content(chain, Ending.ALIAS, Optional.empty(), bailiwick, context);
      case ONLY_PRIVATE -> content(chain, Ending.NODATA, Optional.empty(), bailiwick, context);
      case NOTHING ->
          nxdomain
              ? content(
                  chain, Ending.NXDOMAIN, readSoa(chain, bailiwick, context), bailiwick, context)
              : readNothing(chain, bailiwick, context);
      case LOOP -> content(chain, Ending.LOOP, Optional.empty(), bailiwick, context);
      case TOO_LONG -> content(chain, Ending.TOO_LONG, Optional.empty(), bailiwick, context);
    };
  }

  /** An answer, unless it comes from somebody who serves the zone no more than we do. */
  private Reply content(
      AnswerChain chain, Ending ending, Optional<Rrset> soa, Bailiwick bailiwick, Context context) {
    Content content =
        new Content(chain.records(), chain.end(), ending, soa, index.isAuthoritative());
    boolean openCache = !index.isAuthoritative() && index.offersRecursion();
    return openCache && !isChosen(bailiwick, context)
        ? new Reply.Lame(context.zone().zone(), Optional.of(content))
        : content;
  }

  /** True if the server is one of a file's, so that it may be whatever it is. */
  private static boolean isChosen(Bailiwick bailiwick, Context context) {
    return context.forwarded() || bailiwick.isConfigured();
  }

  /**
   * NOERROR without the records asked for: a denial, a referral or the sign of a lame server (RFC
   * 2308, 2.2).
   */
  private Reply readNothing(AnswerChain chain, Bailiwick bailiwick, Context context)
      throws MalformedPacketException {
    Optional<Rrset> soa = readSoa(chain, bailiwick, context);
    if (soa.isPresent()) {
      return content(chain, Ending.NODATA, soa, bailiwick, context);
    }
    if (chain.hasAliases()) {
      return content(chain, Ending.ALIAS, soa, bailiwick, context);
    }
    if (!context.forwarded()) {
      int cut = findCut(chain.end(), bailiwick);
      if (cut != NONE) {
        return readReferral(cut, chain, bailiwick, context);
      }
    }
    Optional<Name> referral = referredTo(bailiwick, context);
    if (referral.isPresent()) {
      return new Reply.Lame(referral.get(), Optional.empty());
    }
    if (index.isAuthoritative() || isChosen(bailiwick, context)) {
      return content(chain, Ending.NODATA, soa, bailiwick, context);
    }
    return index.authorityEnd() == 0
        ? readDoubtful(chain, bailiwick, context)
        : new Reply.Lame(context.zone().zone(), Optional.empty());
  }

  /**
   * Whom a reply without data sends us to in place of an answer: back, upwards or aside. The zone's
   * own NS records are no more than an ornament if the server speaks for the zone (RFC 2308, 2.2);
   * a cache, which speaks for none, has something to say or should have asked.
   */
  private Optional<Name> referredTo(Bailiwick bailiwick, Context context)
      throws MalformedPacketException {
    Optional<Name> referral = Optional.empty();
    for (int i = index.answerEnd(); i < index.authorityEnd(); i++) {
      if (index.type(i) == NS && referral.isEmpty()) {
        referral = Optional.of(index.owner(i));
      }
      if (index.type(i) == NS
          && index.isAuthoritative()
          && !context.forwarded()
          && bailiwick.isZone(index.owner(i))) {
        return Optional.empty();
      }
    }
    return referral;
  }

  /** Neither authority nor anything to say. */
  private Reply readDoubtful(AnswerChain chain, Bailiwick bailiwick, Context context) {
    Reply reply = content(chain, Ending.NODATA, Optional.empty(), bailiwick, context);
    return reply instanceof Content content ? new Reply.Doubtful(content) : reply;
  }

  /** The SOA record of a denial: that of a zone that the name is in, and the server speaks for. */
  private Optional<Rrset> readSoa(AnswerChain chain, Bailiwick bailiwick, Context context)
      throws MalformedPacketException {
    for (int i = index.answerEnd(); i < index.authorityEnd(); i++) {
      if (index.type(i) == SOA && index.ownerLength(i) <= chain.end().length()) {
        Name owner = index.owner(i);
        if (chain.end().isWithin(owner) && bailiwick.contains(owner)) {
          return Optional.of(readSoa(owner, i, context));
        }
      }
    }
    return Optional.empty();
  }

  private Rrset readSoa(Name owner, int soa, Context context) throws MalformedPacketException {
    builder.begin();
    builder.add(soa);
    byte[] data = builder.build(owner, SOA, 0).data();
    long minimum = 0;
    for (int i = data.length - Integer.BYTES; i < data.length; i++) {
      minimum = (minimum << 8) | (data[i] & 0xff);
    }
    minimum = minimum > Integer.MAX_VALUE ? 0 : minimum;
    long ttlSeconds = Math.min(minimum, index.ttlSeconds(soa));
    return new Rrset(
        owner, SOA, lifetimes.denialExpiresAt(ttlSeconds, context.unixSeconds()), data);
  }

  /**
   * The first NS record of a zone below the asked one that the name is in; NONE if there is none.
   */
  private int findCut(Name name, Bailiwick bailiwick) throws MalformedPacketException {
    for (int i = index.answerEnd(); i < index.authorityEnd(); i++) {
      if (index.type(i) == NS && index.ownerLength(i) <= name.length()) {
        Name owner = index.owner(i);
        if (name.isWithin(owner) && bailiwick.contains(owner) && !bailiwick.isZone(owner)) {
          return i;
        }
      }
    }
    return NONE;
  }

  /**
   * A referral. One that leads to the very name whose DS records were asked for comes from a parent
   * that knows nothing of such records, so it has none (RFC 4035, 3.1.4.1, has it say so itself).
   */
  private Reply readReferral(int cut, AnswerChain chain, Bailiwick bailiwick, Context context)
      throws MalformedPacketException {
    Name zone = index.owner(cut);
    if (context.type() == DS && zone.equals(chain.end())) {
      return content(chain, Ending.NODATA, Optional.empty(), bailiwick, context);
    }
    return new Reply.Referral(
        delegations.read(zone, cut, index.authorityEnd(), bailiwick, context));
  }

  /**
   * The root's servers from the reply to {@code . NS} (RFC 9609, 3 and 4): the NS records of the
   * answer section, and the addresses that the additional section has for these names and may be
   * asked. Empty if the reply is anything else, or no address is in it.
   */
  public Optional<Delegation> readPriming(byte[] packet, int length, Context context) {
    try {
      index.read(packet, length, context.name());
      if (!index.rcode().equals(Rcode.NOERROR)) {
        return Optional.empty();
      }
      Bailiwick bailiwick = new Bailiwick(Name.ROOT, configured);
      Delegation root = delegations.read(Name.ROOT, 0, index.answerEnd(), bailiwick, context);
      return root.servers().stream().anyMatch(server -> !server.addresses().isEmpty())
          ? Optional.of(root)
          : Optional.empty();
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }
}
