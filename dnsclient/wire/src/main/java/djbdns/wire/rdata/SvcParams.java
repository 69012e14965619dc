package djbdns.wire.rdata;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a service: each key at most once, in ascending order (RFC 9460, 2.2), and
 * consistent with each other (7.1.1 and 8).
 */
public record SvcParams(List<SvcParam> list) {
  public static final SvcParams EMPTY = new SvcParams(List.of());

  /**
   * @throws IllegalArgumentException if the keys do not ascend, a mandatory one is missing, or
   *     there is no-default-alpn without alpn
   */
  public SvcParams {
    list = List.copyOf(list);
    List<SvcParamKey> keys = list.stream().map(SvcParam::key).toList();
    checkAscending(keys);
    // A set, because a packet can hold thousands of keys and call thousands of them mandatory.
    Set<SvcParamKey> present = new HashSet<>(keys);
    if (present.contains(SvcParamKey.NO_DEFAULT_ALPN) && !present.contains(SvcParamKey.ALPN)) {
      throw new IllegalArgumentException("no-default-alpn without alpn");
    }
    for (SvcParam param : list) {
      if (param instanceof SvcParam.Mandatory mandatory && !present.containsAll(mandatory.keys())) {
        throw new IllegalArgumentException("a mandatory key is missing");
      }
    }
  }

  /** As the constructor, from parameters in any order. */
  public static SvcParams ofUnordered(List<SvcParam> params) {
    return new SvcParams(
        params.stream().sorted(Comparator.comparingInt(param -> param.key().code())).toList());
  }

  static void checkAscending(List<SvcParamKey> keys) {
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).code() >= keys.get(i).code()) {
        throw new IllegalArgumentException("key twice or out of order: " + keys.get(i));
      }
    }
  }

  public Optional<SvcParam> get(SvcParamKey key) {
    return list.stream().filter(param -> param.key().equals(key)).findFirst();
  }
}
