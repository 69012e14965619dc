package djbdns.dnscache.cache;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a cache of endless size would do. */
final class CacheModel {
  record Key(Name name, int type) {}

  record Value(Kind kind, Rank rank, int type, long expiresAt, Bytes data) {
    static Value of(CacheEntry entry) {
      return new Value(
          entry.kind(),
          entry.rank(),
          entry.type(),
          entry.expiresAt(),
          Bytes.of(entry.copyOfData()));
    }

    Value withOwnRank() {
      return kind == Kind.FAILURE ? new Value(kind, Rank.FAILURE, type, expiresAt, data) : this;
    }
  }

  private final Map<Key, Value> entries = new HashMap<>();

  boolean accepts(Optional<Value> old, Value value, long now) {
    return value.expiresAt > now
        && old.filter(o -> o.rank.compareTo(value.withOwnRank().rank) > 0).isEmpty();
  }

  void put(Name name, Value given) {
    Value value = given.withOwnRank();
    entries.put(new Key(name, value.type), value);
    if (value.type <= 0xffff && (value.kind == Kind.RECORDS || value.kind == Kind.NODATA)) {
      Key denial = new Key(name, EntryType.NXDOMAIN);
      entries.computeIfPresent(denial, (k, v) -> v.rank.compareTo(value.rank) <= 0 ? null : v);
    }
  }

  Optional<Value> get(Name name, int type, long now) {
    return Optional.ofNullable(entries.get(new Key(name, type))).filter(v -> v.expiresAt > now);
  }

  Optional<Value> find(Name name, int type, long now) {
    return get(name, type, now)
        .or(() -> get(name, RecordType.CNAME.code(), now).filter(v -> v.kind == Kind.RECORDS))
        .or(() -> get(name, EntryType.NXDOMAIN, now));
  }

  void flush(Name name) {
    entries.keySet().removeIf(key -> key.name.equals(name));
  }

  void flushTree(Name name) {
    entries.keySet().removeIf(key -> key.name.isWithin(name));
  }
}
