package djbdns.dnscache.resolve;

import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.EntryType;
import djbdns.dnscache.cache.Kind;
import djbdns.dnscache.cache.Rank;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.RecordType;
import java.util.Optional;

/** The cache as the resolver sees it: record sets, denials and delegations in place of bytes. */
final class Memory {
  private static final int EXTENDED_ERROR_BYTES = 2;

  private final ShardedCache cache;
  private final TimeSource time;
  private final CacheEntry entry = new CacheEntry();
  private final byte[] name = new byte[Limits.NAME_BYTES];
  private final byte[] delegation = new byte[DelegationData.MAX_BYTES];

  Memory(ShardedCache cache, TimeSource time) {
    this.cache = cache;
    this.time = time;
  }

  /** Finds what answers a question: see {@link ShardedCache#find}. Valid until the next call. */
  Optional<CacheEntry> find(Name wanted, int type) {
    int length = lowerCase(wanted);
    return cache.find(name, length, type, time.unixSeconds(), entry)
        ? Optional.of(entry)
        : Optional.empty();
  }

  /** Finds the records of one type, if there are any. */
  Optional<Rrset> records(Name owner, int type) {
    return get(owner, type) && entry.kind() == Kind.RECORDS
        ? Optional.of(recordsOf(entry, owner))
        : Optional.empty();
  }

  /** True if {@link #records} finds any. */
  boolean hasRecords(Name owner, int type) {
    return get(owner, type) && entry.kind() == Kind.RECORDS;
  }

  /** True if it is known that the name has no records of this type, or is not there at all. */
  boolean isDenied(Name wanted, int type) {
    return find(wanted, type)
        .filter(found -> found.kind() == Kind.NODATA || found.kind() == Kind.NXDOMAIN)
        .isPresent();
  }

  /** True if there was a failure to find out lately, so that it is not worth another try. */
  boolean hasFailed(Name wanted, int type) {
    return get(wanted, type) && entry.kind() == Kind.FAILURE;
  }

  /** The record set of an entry of kind RECORDS. */
  static Rrset recordsOf(CacheEntry entry, Name owner) {
    return new Rrset(owner, entry.type(), entry.expiresAt(), entry.copyOfData());
  }

  /** The SOA record of a denial, if it has one. */
  static Optional<Rrset> soaOf(CacheEntry denial) {
    if (denial.dataLength() == 0) {
      return Optional.empty();
    }
    byte[] data = denial.data();
    int ownerBytes = NameBytes.length(data, 0);
    byte[] list = RecordData.listOf(data, ownerBytes, denial.dataLength() - ownerBytes);
    Name owner = Name.ofWire(data, 0);
    return Optional.of(new Rrset(owner, RecordType.SOA.code(), denial.expiresAt(), list));
  }

  /** The servers of the zone of exactly this name, as far as its parent has said. */
  Optional<Delegation> delegation(Name zone) {
    return get(zone, EntryType.DELEGATION)
        ? Optional.of(
            DelegationData.read(zone, entry.data(), entry.dataLength(), entry.expiresAt()))
        : Optional.empty();
  }

  /** Bytes of the heap that {@link #delegation} would take for a zone; -1 if it is not known. */
  long delegationHeldBytes(Name zone) {
    return get(zone, EntryType.DELEGATION)
        ? DelegationData.heldBytes(entry.data(), entry.dataLength())
        : -1;
  }

  private boolean get(Name wanted, int type) {
    int length = lowerCase(wanted);
    return cache.get(name, length, type, time.unixSeconds(), entry);
  }

  void storeRecords(Rrset records, Rank rank) {
    entry.set(
        Kind.RECORDS,
        rank,
        records.type(),
        records.expiresAt(),
        records.data(),
        0,
        records.data().length);
    put(records.owner());
  }

  /** Remembers that a name has no records of this type. */
  void storeNodata(Name denied, int type, Rrset soa, Rank rank) {
    storeDenial(denied, Kind.NODATA, type, soa, rank);
  }

  /** Remembers that a name does not exist. */
  void storeNxdomain(Name denied, Rrset soa, Rank rank) {
    storeDenial(denied, Kind.NXDOMAIN, EntryType.NXDOMAIN, soa, rank);
  }

  private void storeDenial(Name denied, Kind kind, int type, Rrset soa, Rank rank) {
    int ownerBytes = soa.owner().length();
    int rdlength = RecordData.length(soa.data(), 0);
    byte[] data = new byte[ownerBytes + rdlength];
    soa.owner().copyTo(data, 0);
    System.arraycopy(soa.data(), RecordData.start(0), data, ownerBytes, rdlength);
    entry.set(kind, rank, type, soa.expiresAt(), data, 0, data.length);
    put(denied);
  }

  void storeDelegation(Delegation from) {
    int length = DelegationData.write(from, delegation);
    entry.set(
        Kind.DELEGATION,
        Rank.REFERRAL,
        EntryType.DELEGATION,
        from.expiresAt(),
        delegation,
        0,
        length);
    put(from.zone());
  }

  /** Remembers for a few seconds that a question could not be answered (RFC 9520, 3.2). */
  void storeFailure(Name wanted, int type, int extendedError) {
    byte[] data = new byte[EXTENDED_ERROR_BYTES];
    RecordData.putLength(data, 0, extendedError);
    long expiresAt = time.unixSeconds() + ResolverLimits.FAILURE_TTL_SECONDS;
    entry.set(Kind.FAILURE, Rank.FAILURE, type, expiresAt, data, 0, data.length);
    put(wanted);
  }

  private void put(Name owner) {
    int length = lowerCase(owner);
    cache.put(name, length, entry, time.unixSeconds());
  }

  private int lowerCase(Name wanted) {
    int length = wanted.copyTo(name, 0);
    NameBytes.lowerCase(name, 0, length);
    return length;
  }
}
