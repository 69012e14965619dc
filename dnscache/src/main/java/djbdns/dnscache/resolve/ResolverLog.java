package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Name;
import java.util.List;

/** The lines of the original's log that the resolver has to say (log.c). */
public interface ResolverLog {
  /** {@code cached TYPE NAME}. */
  void cached(int type, Name name);

  /** {@code cached cname NAME TARGET}. */
  void cachedCname(Name name, Name target);

  /** {@code cached ns ZONE SERVER}. */
  void cachedNs(Name zone, Name server);

  /** {@code cached nxdomain NAME}. */
  void cachedNxdomain(Name name);

  /** {@code tx GLUELESSNESS TYPE NAME ZONE ADDRESS...}: a question is put to the zone's servers. */
  void tx(int gluelessness, int type, Name name, Name zone, List<ServerAddress> servers);

  /** {@code rr SERVER TTL TYPE NAME DATA}, a line for each record. */
  void records(ServerAddress server, Rrset records, long ttlSeconds);

  /** {@code rr SERVER TTL ns ZONE NAME} and the glue, {@code rr SERVER TTL TYPE NAME DATA}. */
  void referral(ServerAddress server, Delegation delegation, long ttlSeconds);

  /** {@code nodata SERVER TTL TYPE NAME}. */
  void nodata(ServerAddress server, long ttlSeconds, int type, Name name);

  /** {@code nxdomain SERVER TTL NAME}. */
  void nxdomain(ServerAddress server, long ttlSeconds, Name name);

  /** {@code lame SERVER ZONE REFERRAL}. */
  void lame(ServerAddress server, Name zone, Name referral);

  /** {@code servfail NAME ERROR}. */
  void servfail(Name name, String error);

  /** {@code stats QUERIES MOTION UDPACTIVE TCPACTIVE}: an answer or a referral has come. */
  void stats();
}
