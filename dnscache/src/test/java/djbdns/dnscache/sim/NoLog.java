package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.ResolverLog;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Name;
import java.util.List;

/** Says nothing. */
public final class NoLog implements ResolverLog {
  @Override
  public void cached(int type, Name name) {}

  @Override
  public void cachedCname(Name name, Name target) {}

  @Override
  public void cachedNs(Name zone, Name server) {}

  @Override
  public void cachedNxdomain(Name name) {}

  @Override
  public void tx(int gluelessness, int type, Name name, Name zone, List<ServerAddress> servers) {}

  @Override
  public void records(ServerAddress server, Rrset records, long ttlSeconds) {}

  @Override
  public void nodata(ServerAddress server, long ttlSeconds, int type, Name name) {}

  @Override
  public void nxdomain(ServerAddress server, long ttlSeconds, Name name) {}

  @Override
  public void referral(ServerAddress server, Delegation delegation, long ttlSeconds) {}

  @Override
  public void lame(ServerAddress server, Name zone, Name referral) {}

  @Override
  public void servfail(Name name, String error) {}

  @Override
  public void stats() {}
}
