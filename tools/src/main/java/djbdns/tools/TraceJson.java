package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.Transport;
import djbdns.runtime.Json;
import djbdns.tools.trace.Ask;
import djbdns.tools.trace.Event;
import djbdns.tools.trace.Exchange;
import djbdns.tools.trace.Problem;
import djbdns.wire.AddressText;
import java.util.concurrent.TimeUnit;

/** dnstrace's events as JSON, one on a line; the same for every way of asking. */
final class TraceJson {
  private TraceJson() {}

  /** A line for the exchange as such, and one for each event. */
  static String lines(Exchange exchange) {
    StringBuilder out = new StringBuilder();
    Json.Builder head =
        begin(exchange.ask(), exchange.reply().isPresent() ? "reply" : "no reply")
            .number("microseconds", TimeUnit.NANOSECONDS.toMicros(exchange.elapsedNs()));
    exchange
        .reply()
        .ifPresent(reply ->
            head.text("rcode", reply.rcode().toString())
                .flag("authoritative", reply.authoritative())
                .flag("tcp", reply.transport() == Transport.TCP));
    out.append(head).append('\n');
    for (Event event : exchange.events()) {
      out.append(line(exchange.ask(), event)).append('\n');
    }
    return out.toString();
  }

  /** A line for a problem. */
  static String line(Problem problem) {
    return Json.object()
            .text("event", "problem")
            .text("zone", problem.zone().toString())
            .text("text", problem.text())
        + "\n";
  }

  private static Json.Builder begin(Ask ask, String event) {
    return Json.object()
        .text("type", ask.question().type().toString())
        .text("name", ask.question().name().toString())
        .text("zone", ask.zone().toString())
        .text("server", ask.server().toString())
        .text("event", event);
  }

  private static Json.Builder line(Ask ask, Event event) {
    return switch (event) {
      case Event.Ns ns ->
          begin(ask, "ns").text("owner", ns.zone().toString()).text("host", ns.host().toString());
      case Event.Address address ->
          begin(ask, "address")
              .text("owner", address.host().toString())
              .text("address", AddressText.of(address.address()));
      case Event.Alias alias -> begin(ask, "alias").text("target", alias.target().toString());
      case Event.Answer answer ->
          begin(ask, "answer").number("ttl", answer.ttlSeconds()).text("data", answer.data());
      case Event.Referral referral -> begin(ask, "see").text("to", referral.zone().toString());
      case Event.NoData _ -> begin(ask, "nodata");
      case Event.NoSuchName _ -> begin(ask, "nxdomain");
      case Event.Lame lame -> begin(ask, "lame").text("to", lame.zone().toString());
      case Event.Failed(Failure.ServerFailed failed) ->
          begin(ask, "failed").text("cause", failed.rcode().toString());
      case Event.Failed failed ->
          begin(ask, "failed").text("cause", FailureText.of(failed.failure()));
      case Event.Unreadable unreadable ->
          begin(ask, "unreadable").text("cause", FailureText.of(unreadable.reason()));
      case Event.Slow _ -> begin(ask, "slow");
      case Event.Special special ->
          switch (special) {
            case LOCALHOST -> begin(ask, "localhost");
            case IP_ADDRESS -> begin(ask, "ip address");
          };
    };
  }
}
