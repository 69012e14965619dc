package djbdns.dnscache;

import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.log.CacheLog;
import djbdns.dnscache.log.Counters;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.response.ResponseFrame;
import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import djbdns.wire.message.QueryReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Answers clients: at once, without allocating, where the cache knows the answer, and else when the
 * resolver has it. Each service loop has one and it belongs to the loop's thread.
 */
final class CacheResponder implements Responder {
  /**
   * The parts that a responder works with.
   *
   * @param loop runs tasks on the responder's thread
   * @param clients who is served
   * @param strangers gets to know of everybody else
   * @param order where record sets start; need not be unpredictable
   * @param answers bounds what the resolver has answered and nobody has sent; for all responders
   */
  record Parts(
      Executor loop,
      ShardedCache cache,
      Misses misses,
      ClientFilter clients,
      Strangers strangers,
      SpecialNames specialNames,
      CacheLog log,
      Counters counters,
      WallClock clock,
      RandomGenerator order,
      boolean hideTtl,
      AnswerBudget answers) {}

  /** Ports below are servers', whom nobody should be able to set against one another. */
  private static final int LOWEST_CLIENT_PORT = 1024;

  private static final int DNS_PORT = 53;
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final long HINFO_TTL_SECONDS = 3_600;

  /** The record of RFC 8482, 4.2, in a list of one. */
  private static final byte[] HINFO = {0, 9, 7, 'R', 'F', 'C', '8', '4', '8', '2', 0};

  private final QueryReader query = new QueryReader();
  private final Misses misses;
  private final ClientFilter clients;
  private final Strangers strangers;
  private final CacheLog log;
  private final Counters counters;
  private final WallClock clock;
  private final ResponseComposer composer;
  private final CachedAnswers cached;
  private final Outbox outbox;
  private SpecialNames specialNames;
  private List<ClientQuery> missed = new ArrayList<>();

  CacheResponder(Parts parts) {
    misses = parts.misses();
    clients = parts.clients();
    strangers = parts.strangers();
    specialNames = parts.specialNames();
    log = parts.log();
    counters = parts.counters();
    clock = parts.clock();
    composer = new ResponseComposer(parts.order(), parts.hideTtl());
    cached = new CachedAnswers(parts.cache(), composer, log);
    outbox = new Outbox(parts.loop(), this::deliver, parts.answers());
  }

  /** Answers other names by itself from now on. */
  void use(SpecialNames names) {
    specialNames = names;
  }

  @Override
  public boolean respond(byte[] packet, int packetLength, Client client) {
    if (!admit(client)) {
      return false;
    }
    return switch (query.read(packet, packetLength)) {
      case IGNORED -> false;
      case MALFORMED -> {
        composer.headerOnly(query.id(), query.flags(), Rcode.FORMERR);
        yield true;
      }
      case QUERY -> respondToQuestion(client);
    };
  }

  /** Lets clients in that are allowed, and not from ports of servers; takes note of the others. */
  private boolean admit(Client client) {
    if (!clients.allows(client.address(), client.addressLength())) {
      strangers.note(client.address(), client.addressLength());
      return false;
    }
    int port = client.port();
    return port >= LOWEST_CLIENT_PORT || port == DNS_PORT;
  }

  private boolean respondToQuestion(Client client) {
    long number = counters.nextQuery();
    log.query(number, client, query.id(), query.type(), query.name());
    int limit = ResponseFrame.limitBytes(query, client);
    composer.edns(query.hasEdns(), query.dnssecOk());
    composer.begin(
        query.id(), query.flags(), query.name(), query.type(), query.recordClass(), limit);
    if (!refuse() && !answerHere(client)) {
      defer(number, limit, client);
      return false;
    }
    if (isTransfer(query.type())) {
      log.drop(number, "permission denied");
    } else {
      log.sent(number, composer.response().length());
    }
    return true;
  }

  /** Ends the response if the question is none for a cache. */
  private boolean refuse() {
    if (query.ednsVersion() != 0) {
      composer.end(Rcode.BADVERS);
    } else if ((query.flags() & Header.OPCODE) != 0) {
      composer.end(Rcode.NOTIMP);
    } else if ((query.flags() & Header.TC) != 0 || isPseudo(query.type())) {
      composer.end(Rcode.FORMERR);
    } else if (!isInternet(query.recordClass())
        || isTransfer(query.type())
        || (query.flags() & Header.RD) == 0) {
      composer.end(Rcode.REFUSED, ExtendedError.PROHIBITED);
    } else if (isMeta(query.type())) {
      composer.end(Rcode.NOTIMP, ExtendedError.NOT_SUPPORTED);
    } else {
      return false;
    }
    return true;
  }

  private static boolean isInternet(int recordClass) {
    return recordClass == RecordClass.IN.code() || recordClass == RecordClass.ANY.code();
  }

  private static boolean isTransfer(int type) {
    return type == RecordType.AXFR.code() || type == RecordType.IXFR.code();
  }

  /** Not a type of data at all (RFC 6895, 3.1). */
  private static boolean isPseudo(int type) {
    return type == 0 || type == RecordType.OPT.code();
  }

  /** Query types and meta types (RFC 6895, 3.1), but for ANY. */
  private static boolean isMeta(int type) {
    return type >= 128 && type < RecordType.ANY.code();
  }

  private boolean answerHere(Client client) {
    if (query.type() == RecordType.ANY.code()) {
      byte[] name = query.name();
      composer.answer(name, RecordType.HINFO.code(), HINFO_TTL_SECONDS, HINFO, HINFO.length);
      composer.end(Rcode.NOERROR);
      return true;
    }
    long now = clock.unixSeconds();
    byte[] name = cached.setName(query.name(), query.nameLength());
    Optional<Answer> special = specialNames.answer(name, query.type(), now);
    if (special.isPresent()) {
      explain(Explanation.OWN);
      compose(special.get(), now);
      if (query.type() == RecordType.PTR.code() && !special.get().records().isEmpty()) {
        // The original's way to have the figures written when somebody asks for them (query.c).
        log.stats(client);
      }
      return true;
    }
    explain(Explanation.CACHED);
    return cached.answer(query.type(), now);
  }

  private void explain(byte[] text) {
    if (query.explanationWanted()) {
      composer.explain(text);
    }
  }

  private void defer(long number, int limit, Client client) {
    ClientQuery.Form form =
        new ClientQuery.Form(
            query.id(),
            query.flags(),
            query.type(),
            query.recordClass(),
            query.hasEdns(),
            query.dnssecOk(),
            query.explanationWanted(),
            limit,
            client.isTcp());
    Name name = Name.ofWire(query.name(), 0);
    ClientQuery asked =
        new ClientQuery(number, name, form, share(client), client.replyPath(), outbox);
    if (misses.admit(asked)) {
      missed.add(asked);
      countUdp(form, 1);
    } else {
      drop(asked, "timed out");
    }
  }

  private static Bytes share(Client client) {
    int length = Math.min(client.addressLength(), IPV6_NETWORK_BYTES);
    return Bytes.of(Arrays.copyOf(client.address(), length));
  }

  private void countUdp(ClientQuery.Form form, int change) {
    if (!form.tcp()) {
      counters.addUdpActive(change);
    }
  }

  @Override
  public PacketWriter response() {
    return composer.response();
  }

  @Override
  public void batchEnd() {
    log.flush();
    if (!missed.isEmpty()) {
      List<ClientQuery> handedOver = missed;
      missed = new ArrayList<>();
      misses.ask(handedOver, outbox);
    }
  }

  private void deliver(List<Outbox.Delivery> deliveries) {
    long now = clock.unixSeconds();
    for (Outbox.Delivery delivery : deliveries) {
      ClientQuery ended = delivery.query();
      countUdp(ended.form(), -1);
      if (!ended.path().isOpen()) {
        drop(ended, "broken pipe");
      } else if (delivery.answer().isPresent()) {
        send(ended, delivery.answer().get(), now);
      } else {
        drop(ended, "timed out");
      }
    }
    log.flush();
  }

  private void drop(ClientQuery ended, String error) {
    log.drop(ended.number(), error);
    ended.path().abandon();
  }

  private void send(ClientQuery ended, Answer answer, long now) {
    ClientQuery.Form form = ended.form();
    byte[] name = ended.name().toWire();
    composer.edns(form.hasEdns(), form.dnssecOk());
    composer.begin(
        form.id(), form.flags(), name, form.type(), form.recordClass(), form.limitBytes());
    if (form.explanationWanted()) {
      composer.explain(Explanation.of(answer));
    }
    compose(answer, now);
    log.sent(ended.number(), composer.response().length());
    ended.path().send(composer.response());
  }

  private void compose(Answer answer, long now) {
    for (Rrset set : answer.records()) {
      byte[] data = set.data();
      composer.answer(set.owner().toWire(), set.type(), set.ttlAt(now), data, data.length);
    }
    if (answer.soa().isPresent()) {
      Rrset soa = answer.soa().get();
      composer.denial(soa.owner().toWire(), soa.ttlAt(now), soa.data());
    }
    composer.end(answer.rcode(), answer.extendedError().orElse(-1));
  }

  @Override
  public boolean opened(Client client) {
    if (!admit(client)) {
      return false;
    }
    counters.addTcpActive(1);
    log.tcpOpen(client);
    return true;
  }

  @Override
  public void closed(Client client, String error) {
    counters.addTcpActive(-1);
    log.tcpClose(client, error);
  }
}
