package djbdns.tsig;

import djbdns.wire.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys by name. Immutable. */
public final class TsigKeys {
  public static final TsigKeys NONE = new TsigKeys(List.of());

  private final Map<Name, TsigKey> keys = new LinkedHashMap<>();

  /**
   * Also makes Java load what the keys need, of which it has files that nobody sees any more once
   * the root directory has been changed.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public TsigKeys(List<TsigKey> list) {
    for (TsigKey key : list) {
      new TsigDigest(key).finish(key.macBytes());
      if (keys.put(key.name(), key) != null) {
        throw new IllegalArgumentException("two keys with the name " + key.name());
      }
    }
  }

  public Optional<TsigKey> find(Name name) {
    return Optional.ofNullable(keys.get(name));
  }

  /** All keys, in the order in which they were given. */
  public List<TsigKey> list() {
    return List.copyOf(keys.values());
  }
}
