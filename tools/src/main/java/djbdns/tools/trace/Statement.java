package djbdns.tools.trace;

import djbdns.client.Failure;
import djbdns.wire.Name;
import java.util.List;
import java.util.function.Function;

/**
 * The reply of a server to a question, in short: equal statements are the same for an
 * administrator.
 *
 * @param text follows the server's name: "refers to org"
 * @param records the data of an answer, or the names of servers in a referral; sorted
 */
record Statement(Kind kind, String text, List<String> records) {
  enum Kind {
    ANSWER,
    ALIAS,
    NO_DATA,
    NO_SUCH_NAME,
    REFERRAL,
    /** The server does not serve the zone. */
    LAME,
    FAILED;

    /** True if it is the zone's own word. */
    boolean isFinal() {
      return this == ANSWER || this == ALIAS || this == NO_DATA || this == NO_SUCH_NAME;
    }

    boolean isProblem() {
      return this == LAME || this == FAILED;
    }
  }

  Statement {
    records = List.copyOf(records);
  }

  private Statement(Kind kind, String text) {
    this(kind, text, List.of());
  }

  static Statement of(Exchange exchange, Function<Failure, String> failureText) {
    for (Event event : exchange.events()) {
      switch (event) {
        case Event.Failed(Failure.ServerFailed failed) -> {
          return new Statement(Kind.LAME, "is lame (" + failed.rcode() + ")");
        }
        case Event.Failed failed -> {
          return new Statement(
              Kind.FAILED, "does not answer: " + failureText.apply(failed.failure()));
        }
        case Event.Unreadable _ -> {
          return new Statement(Kind.FAILED, "sends a malformed reply");
        }
        case Event.Lame lame -> {
          return new Statement(Kind.LAME, ofLame(lame.zone(), exchange.ask().zone()));
        }
        case Event.Referral referral -> {
          return new Statement(
              Kind.REFERRAL, "refers to " + referral.zone(), hosts(exchange, referral.zone()));
        }
        case Event.Alias alias -> {
          return own(exchange, new Statement(Kind.ALIAS, "is an alias for " + alias.target()));
        }
        case Event.NoSuchName _ -> {
          return own(exchange, new Statement(Kind.NO_SUCH_NAME, "says that there is no such name"));
        }
        case Event.NoData _ -> {
          return own(
              exchange, new Statement(Kind.NO_DATA, "says that there is no data of this type"));
        }
        case Event.Answer _ -> {
          List<String> data =
              exchange.all(Event.Answer.class).map(Event.Answer::data).sorted().toList();
          return own(exchange, new Statement(Kind.ANSWER, "answers", data));
        }
        case Event.Ns _, Event.Address _, Event.Slow _, Event.Special _ -> {
          // Said besides.
        }
      }
    }
    return new Statement(Kind.FAILED, "says nothing");
  }

  /** True for statements that only the zone's own servers may make. */
  private static Statement own(Exchange exchange, Statement statement) {
    return exchange.isAuthoritative()
        ? statement
        : new Statement(Kind.LAME, "is lame (answers without authority)");
  }

  private static String ofLame(Name target, Name zone) {
    if (target.equals(zone)) {
      return "is lame (refers to the zone's own servers)";
    }
    String where = zone.isWithin(target) ? "upward" : "elsewhere";
    return "is lame (refers " + where + " to " + target + ")";
  }

  private static List<String> hosts(Exchange exchange, Name zone) {
    return exchange
        .all(Event.Ns.class)
        .filter(ns -> ns.zone().equals(zone))
        .map(ns -> ns.host().toString())
        .distinct()
        .sorted()
        .toList();
  }
}
