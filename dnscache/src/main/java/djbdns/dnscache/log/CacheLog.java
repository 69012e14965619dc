package djbdns.dnscache.log;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.resolve.ResolverLog;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.server.Client;
import djbdns.server.LineBuffer;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.RdataBytes;
import java.util.List;
import org.slf4j.Logger;

/**
 * The lines of the original's log (log.c), gathered until {@link #flush}. Each event loop has one
 * and it belongs to the loop's thread; writing a line allocates nothing.
 */
public final class CacheLog implements ResolverLog {
  private static final int NS = RecordType.NS.code();
  private static final int CNAME = RecordType.CNAME.code();
  private static final int PTR = RecordType.PTR.code();
  private static final int MX = RecordType.MX.code();
  private static final int SOA = RecordType.SOA.code();

  /** Bytes of a record that a line shows. */
  private static final int SHOWN_BYTES = 32;

  private final LineBuffer lines;
  private final LogLine line;
  private final boolean enabled;
  private final Counters counters;

  /**
   * A log.
   *
   * @param enabled whether there are lines at all; {@code $QUERYLOG} is 0 if not
   */
  public CacheLog(Logger logger, boolean enabled, Counters counters) {
    lines = new LineBuffer(logger);
    line = new LogLine(lines);
    this.enabled = enabled;
    this.counters = counters;
  }

  /** {@code query NUMBER IP:PORT:ID TYPE NAME}. */
  public void query(long number, Client client, int id, int type, byte[] name) {
    if (enabled) {
      line.word("query").number(number).client(client).id(id).number(type).name(name, 0).end();
    }
  }

  /** {@code sent NUMBER LENGTH}. */
  public void sent(long number, int bytes) {
    if (enabled) {
      line.word("sent").number(number).number(bytes).end();
    }
  }

  /** {@code drop NUMBER ERROR}. */
  public void drop(long number, String error) {
    if (enabled) {
      line.word("drop").number(number).text(error).end();
    }
  }

  /** {@code tcpopen IP:PORT}. */
  public void tcpOpen(Client client) {
    if (enabled) {
      line.word("tcpopen").client(client).end();
    }
  }

  /** {@code tcpclose IP:PORT ERROR}. */
  public void tcpClose(Client client, String error) {
    if (enabled) {
      line.word("tcpclose").client(client).text(error).end();
    }
  }

  /** As {@link #cached(int, Name)}. */
  public void cached(int type, byte[] name) {
    if (enabled) {
      line.word("cached").number(type).name(name, 0).end();
    }
  }

  /**
   * As {@link #cachedCname(Name, Name)}.
   *
   * @param targetOffset where the target's name starts in {@code target}
   */
  public void cachedCname(byte[] name, byte[] target, int targetOffset) {
    if (enabled) {
      line.word("cached cname").name(name, 0).name(target, targetOffset).end();
    }
  }

  /** As {@link #cachedNxdomain(Name)}. */
  public void cachedNxdomain(byte[] name) {
    if (enabled) {
      line.word("cached nxdomain").name(name, 0).end();
    }
  }

  @Override
  public void cached(int type, Name name) {
    if (enabled) {
      line.word("cached").number(type).name(name).end();
    }
  }

  @Override
  public void cachedCname(Name name, Name target) {
    if (enabled) {
      line.word("cached cname").name(name).name(target).end();
    }
  }

  @Override
  public void cachedNs(Name zone, Name server) {
    if (enabled) {
      line.word("cached ns").name(zone).name(server).end();
    }
  }

  @Override
  public void cachedNxdomain(Name name) {
    if (enabled) {
      line.word("cached nxdomain").name(name).end();
    }
  }

  @Override
  public void tx(int gluelessness, int type, Name name, Name zone, List<ServerAddress> servers) {
    if (enabled) {
      line.word("tx").number(gluelessness).number(type).name(name).name(zone);
      for (int i = 0; i < servers.size(); i++) {
        line.server(servers.get(i));
      }
      line.end();
    }
  }

  @Override
  public void records(ServerAddress server, Rrset records, long ttlSeconds) {
    if (!enabled) {
      return;
    }
    byte[] data = records.data();
    for (int at = 0; at < data.length; at = RecordData.next(data, at)) {
      line.word("rr").server(server).number(ttlSeconds);
      record(records, data, RecordData.start(at), RecordData.length(data, at));
      line.end();
    }
  }

  /** The glue first: the original sorts by type. */
  @Override
  public void referral(ServerAddress server, Delegation delegation, long ttlSeconds) {
    if (!enabled) {
      return;
    }
    List<Delegation.NameServer> servers = delegation.servers();
    for (int i = 0; i < servers.size(); i++) {
      List<ServerAddress> glue = servers.get(i).addresses();
      for (int j = 0; j < glue.size(); j++) {
        int type = (glue.get(j).isIpv6() ? RecordType.AAAA : RecordType.A).code();
        line.word("rr").server(server).number(ttlSeconds).number(type);
        line.name(servers.get(i).name()).server(glue.get(j)).end();
      }
    }
    for (int i = 0; i < servers.size(); i++) {
      line.word("rr").server(server).number(ttlSeconds).text("ns");
      line.name(delegation.zone()).name(servers.get(i).name()).end();
    }
  }

  private void record(Rrset records, byte[] data, int offset, int length) {
    int type = records.type();
    if (type == NS) {
      line.text("ns").name(records.owner()).name(data, offset);
    } else if (type == CNAME) {
      line.text("cname").name(records.owner()).name(data, offset);
    } else if (type == PTR) {
      line.text("ptr").name(records.owner()).name(data, offset);
    } else if (type == MX) {
      int preference = (int) number(data, offset, 2);
      line.text("mx").name(records.owner()).number(preference).name(data, offset + 2);
    } else if (type == SOA) {
      line.text("soa").name(records.owner());
      soa(data, offset);
    } else {
      line.number(type).name(records.owner()).hex(data, offset, length, SHOWN_BYTES);
    }
  }

  private void soa(byte[] data, int offset) {
    int rname = offset + NameBytes.length(data, offset);
    int numbers = rname + NameBytes.length(data, rname);
    line.name(data, offset).name(data, rname);
    for (int i = 0; i < RdataBytes.SOA_NUMBERS_BYTES; i += 4) {
      line.number(number(data, numbers + i, 4));
    }
  }

  private static long number(byte[] data, int offset, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << 8) | (data[offset + i] & 0xff);
    }
    return number;
  }

  @Override
  public void nodata(ServerAddress server, long ttlSeconds, int type, Name name) {
    if (enabled) {
      line.word("nodata").server(server).number(ttlSeconds).number(type).name(name).end();
    }
  }

  @Override
  public void nxdomain(ServerAddress server, long ttlSeconds, Name name) {
    if (enabled) {
      line.word("nxdomain").server(server).number(ttlSeconds).name(name).end();
    }
  }

  @Override
  public void lame(ServerAddress server, Name zone, Name referral) {
    if (enabled) {
      line.word("lame").server(server).name(zone).name(referral).end();
    }
  }

  @Override
  public void servfail(Name name, String error) {
    if (enabled) {
      line.word("servfail").name(name).text(error).end();
    }
  }

  @Override
  public void stats() {
    stats(counters.udpActive());
  }

  /** As {@link #stats()}, while a query is at hand that does not wait. */
  public void stats(Client asking) {
    stats(counters.udpActive() + (asking.isTcp() ? 0 : 1));
  }

  private void stats(long udpActive) {
    if (enabled) {
      line.word("stats").number(counters.queries()).number(counters.motionBytes());
      line.number(udpActive).number(counters.tcpActive()).end();
    }
  }

  /** The state of the log, for {@link #rollBack}. */
  public int mark() {
    return lines.length();
  }

  /** Takes back the lines written since a mark, as far as they have not been handed over. */
  public void rollBack(int mark) {
    lines.rollBack(mark);
  }

  /** Hands the gathered lines over. */
  public void flush() {
    lines.flush();
  }
}
