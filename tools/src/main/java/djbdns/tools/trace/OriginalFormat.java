package djbdns.tools.trace;

import djbdns.client.Failure;
import djbdns.client.ServerAddress;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.util.List;
import java.util.function.Function;

/**
 * The original's lines (dnstrace.c), each {@code TYPE:NAME:CONTROL:IP:EVENT}. Colons of an address,
 * which 1.05 does not have, become dashes, so that every line has the same fields.
 */
public final class OriginalFormat {
  private static final String START = "0:.:.:start:";

  private final Function<Failure, String> failureText;

  /**
   * @param failureText failures in the words of 1.05
   */
  public OriginalFormat(Function<Failure, String> failureText) {
    this.failureText = failureText;
  }

  /** The lines before the first question: the servers of the root. */
  public String start(List<ServerAddress> roots) {
    StringBuilder out = new StringBuilder(START).append("NS:.:.\n");
    for (ServerAddress root : roots) {
      out.append(START).append(root.isIpv6() ? "AAAA:.:" : "A:.:").append(text(root)).append('\n');
    }
    return out.toString();
  }

  /** The line that says that a question is on its way. */
  public String asked(Ask ask) {
    return head(ask) + "tx\n";
  }

  /** The outcome. */
  public String told(Exchange exchange) {
    String head = head(exchange.ask());
    StringBuilder out = new StringBuilder();
    for (Event event : exchange.events()) {
      out.append(head).append(text(event)).append('\n');
    }
    return out.toString();
  }

  private static String head(Ask ask) {
    return ask.question().type().code()
        + ":"
        + ask.question().name()
        + ":"
        + ask.zone()
        + ":"
        + text(ask.server())
        + ":";
  }

  private static String text(ServerAddress server) {
    return server.toString().replace(':', '-');
  }

  private String text(Event event) {
    return switch (event) {
      case Event.Ns ns -> "NS:" + ns.zone() + ":" + ns.host();
      case Event.Address address -> text(address);
      case Event.Alias alias -> "CNAME:" + alias.target();
      case Event.Answer answer -> "answer:" + answer.line();
      case Event.Referral referral -> "see:" + referral.zone();
      case Event.NoData _ -> "NODATA";
      case Event.NoSuchName _ -> "NXDOMAIN";
      case Event.Lame lame -> "ALERT:lame server; refers to " + lame.zone();
      case Event.Failed failed -> "ALERT:query failed; " + failureText.apply(failed.failure());
      case Event.Unreadable unreadable ->
          "ALERT:unable to parse response packet; " + failureText.apply(unreadable.reason());
      case Event.Slow _ -> "ALERT:took more than 1 second";
      case Event.Special special ->
          switch (special) {
            case LOCALHOST -> "ALERT:some caches do not handle localhost internally";
            case IP_ADDRESS -> "ALERT:some caches do not handle IP addresses internally";
          };
    };
  }

  private static String text(Event.Address event) {
    Bytes address = event.address();
    return (address.length() == AddressText.IPV4_BYTES ? "A:" : "AAAA:")
        + event.host()
        + ":"
        + AddressText.of(address).replace(':', '-');
  }
}
