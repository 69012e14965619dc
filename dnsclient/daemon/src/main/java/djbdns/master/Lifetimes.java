package djbdns.master;

import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Soa;
import java.util.OptionalLong;

/**
 * The TTL of records that name none: that of the last {@code $TTL} (RFC 2308, 4), else that of the
 * last record that named one (RFC 1035, 5.1), else the minimum of the SOA.
 */
final class Lifetimes {
  /** Whence a TTL comes. */
  enum Origin {
    GIVEN,
    PREVIOUS_RECORD,
    SOA_MINIMUM,
    NOWHERE
  }

  private OptionalLong lastDefault = OptionalLong.empty();
  private OptionalLong lastGiven = OptionalLong.empty();
  private Origin origin = Origin.NOWHERE;

  /** {@code $TTL}. */
  void setDefault(long seconds) {
    lastDefault = OptionalLong.of(seconds);
  }

  /** The TTL in seconds of a record; empty if there is none to be had. */
  OptionalLong of(OptionalLong given, Rdata rdata) {
    if (given.isPresent()) {
      lastGiven = given;
      origin = Origin.GIVEN;
      return given;
    }
    if (lastDefault.isPresent()) {
      origin = Origin.GIVEN;
      return lastDefault;
    }
    if (lastGiven.isPresent()) {
      origin = Origin.PREVIOUS_RECORD;
      return lastGiven;
    }
    if (rdata instanceof Soa soa) {
      origin = Origin.SOA_MINIMUM;
      lastDefault = OptionalLong.of(soa.minimumSeconds());
      return lastDefault;
    }
    origin = Origin.NOWHERE;
    return OptionalLong.empty();
  }

  /** Whence the TTL that was given last came. */
  Origin origin() {
    return origin;
  }
}
