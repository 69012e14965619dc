package djbdns.tinydns;

import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.server.Client;
import djbdns.server.MessageSource;
import djbdns.server.ReplyPath;
import djbdns.server.ReplyRoute;
import djbdns.server.Responder;
import djbdns.tinydns.axfr.CompatTransferResponder;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.axfr.ZoneTransfers;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.StandardLookup;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tsig.TsigKeys;
import djbdns.wire.PacketWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** axfrdns's responders without sockets, and a client whose connection takes what it is sent. */
final class TransferBench implements ReplyRoute {
  /** What a query brought: messages, and whether the connection ended behind them. */
  record Reply(List<byte[]> messages, boolean failed) {}

  private final Client client;
  private Optional<MessageSource> source = Optional.empty();

  TransferBench(String address) {
    client = Client.overTcp(new InetSocketAddress(InetAddress.ofLiteral(address), 1234), this);
  }

  static ContentResponder standard(
      ZoneData data, TransferRights rights, TsigKeys keys, QueryLog log, InstantSource clock) {
    ZoneTransfers transfers = new ZoneTransfers(_ -> rights, log, clock, new SplittableRandom(2));
    transfers.use(data);
    return standard(data, transfers, keys, log, clock);
  }

  static ContentResponder standard(
      ZoneData data, ZoneTransfers transfers, TsigKeys keys, QueryLog log, InstantSource clock) {
    return new ContentResponder(answers(data, clock), transfers, log, keys, clock);
  }

  /** What answers ordinary queries. */
  static ContentResponder content(ZoneData data, QueryLog log, InstantSource clock) {
    return new ContentResponder(answers(data, clock), log);
  }

  private static Inquiry answers(ZoneData data, InstantSource clock) {
    StandardLookup lookup = new StandardLookup(new SplittableRandom(1));
    lookup.use(data);
    return new Inquiry(lookup, clock);
  }

  static CompatTransferResponder compat(
      ZoneData data, TransferRights rights, QueryLog log, InstantSource clock) {
    CompatLookup lookup = new CompatLookup(new SplittableRandom(1));
    lookup.use(data);
    CompatTransferResponder responder =
        new CompatTransferResponder(new Inquiry(lookup, clock), _ -> rights, log, clock);
    responder.use(data);
    return responder;
  }

  Client client() {
    return client;
  }

  @Override
  public void stream(MessageSource messages) {
    source = Optional.of(messages);
  }

  @Override
  public ReplyPath defer(InetSocketAddress sender) {
    throw new AssertionError("a late answer");
  }

  /** A transfer that has begun, to be closed by the caller; empty if there is none. */
  Optional<MessageSource> begin(Responder responder, byte[] query) {
    source = Optional.empty();
    responder.respond(query, query.length, client);
    return source;
  }

  /** All that a query brings. */
  Reply ask(Responder responder, byte[] query) {
    source = Optional.empty();
    List<byte[]> messages = new ArrayList<>();
    boolean failed = false;
    if (responder.respond(query, query.length, client)) {
      messages.add(copy(responder.response()));
    } else if (source.isPresent()) {
      try (MessageSource stream = source.get()) {
        failed = !drain(stream, responder.response(), messages);
      }
    }
    responder.batchEnd();
    return new Reply(messages, failed);
  }

  /** Takes all messages; false if they end too early. */
  static boolean drain(MessageSource stream, PacketWriter out, List<byte[]> messages) {
    while (true) {
      switch (stream.next(out)) {
        case MESSAGE -> messages.add(copy(out));
        case PAUSE -> {}
        case END -> {
          return true;
        }
        case FAILED -> {
          return false;
        }
      }
    }
  }

  private static byte[] copy(PacketWriter out) {
    return Arrays.copyOf(out.buffer(), out.length());
  }
}
