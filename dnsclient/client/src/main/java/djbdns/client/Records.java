package djbdns.client;

import djbdns.wire.Name;
import djbdns.wire.rdata.Rdata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The records of one type that a name has, itself or by its aliases.
 *
 * @param name the one asked for
 * @param canonicalName the end of its chain of CNAME records, which owns the records; the same name
 *     if it is no alias
 * @param ttlSeconds how long all of this may be remembered: the least of the TTLs on the way
 * @param data at least one
 */
public record Records<R extends Rdata>(
    Name name, Name canonicalName, long ttlSeconds, List<R> data) {
  public Records {
    data = List.copyOf(data);
  }

  /** The same records as data of their type. */
  <S extends Rdata> Records<S> as(Class<S> type) {
    return with(data.stream().map(type::cast).toList());
  }

  /** In this order, and at random among equals. */
  Records<R> sorted(Comparator<? super R> order, RandomGenerator random) {
    List<R> sorted = new ArrayList<>(data);
    Collections.shuffle(sorted, random);
    sorted.sort(order);
    return with(sorted);
  }

  <S extends Rdata> Records<S> with(List<S> other) {
    return new Records<>(name, canonicalName, ttlSeconds, other);
  }
}
