package djbdns.tinydns.axfr;

import djbdns.server.Client;
import djbdns.tinydns.rules.Rule;
import djbdns.tinydns.rules.Rules;
import djbdns.wire.MalformedTextException;
import org.slf4j.Logger;

/** Access by the rules that tcprules has compiled, as under tcpserver. */
public final class RuleAccess implements Access {
  private final Rules rules;
  private final boolean compat;
  private final Logger log;

  /** Access for the clients that these rules allow, with the meaning of 1.05 or today's. */
  public RuleAccess(Rules rules, boolean compat, Logger log) {
    this.rules = rules;
    this.compat = compat;
    this.log = log;
  }

  @Override
  public TransferRights of(Client client) {
    Rule rule = rules.find(client.address(), client.addressLength());
    if (!rule.allowed()) {
      return TransferRights.NONE;
    }
    try {
      return TransferRights.of(rule.variables(), compat);
    } catch (MalformedTextException e) {
      log.warn("axfrdns: warning: unable to use rule: {}", e.getMessage());
      return TransferRights.NONE;
    }
  }
}
