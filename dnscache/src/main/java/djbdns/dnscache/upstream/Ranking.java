package djbdns.dnscache.upstream;

import java.util.TreeSet;

/**
 * Things in the order of a number that each has; of those with the same number, who got it first
 * comes first. Every method takes logarithmic time. Belongs to one thread.
 */
final class Ranking<T> {
  /** The place of one thing in the one ranking that it is made for. */
  static final class Place<T> implements Comparable<Place<T>> {
    private final T item;
    private boolean taken;
    private long rank;
    private long turn;

    Place(T item) {
      this.item = item;
    }

    T item() {
      return item;
    }

    /** The value that it was given last. */
    long rank() {
      return rank;
    }

    @Override
    public int compareTo(Place<T> other) {
      int byRank = Long.compare(rank, other.rank);
      return byRank == 0 ? Long.compare(turn, other.turn) : byRank;
    }
  }

  private final TreeSet<Place<T>> places = new TreeSet<>();

  /** Numbers given so far; the first is 1. */
  private long turns;

  /** Gives a thing a number; behind its equals, unless it has that number already. */
  void put(Place<T> place, long rank) {
    if (place.taken && place.rank == rank) {
      return;
    }
    remove(place);
    place.taken = true;
    place.rank = rank;
    place.turn = ++turns;
    places.add(place);
  }

  /** Forgets a thing; does nothing if it is not there. */
  void remove(Place<T> place) {
    if (place.taken) {
      places.remove(place);
      place.taken = false;
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** The first of those with the least number; there must be one. */
  Place<T> lowest() {
    return places.getFirst();
  }

  /** The first of those with the greatest number; there must be one. */
  Place<T> highest() {
    Place<T> last = places.getLast();
    Place<T> beforeItsEquals = new Place<>(last.item);
    beforeItsEquals.rank = last.rank;
    return places.ceiling(beforeItsEquals);
  }
}
