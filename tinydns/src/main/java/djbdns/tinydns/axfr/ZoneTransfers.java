package djbdns.tinydns.axfr;

import djbdns.content.QueryLog;
import djbdns.content.Transfers;
import djbdns.server.Client;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneWalk;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigRequest;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.QueryReader;
import djbdns.wire.rdata.Soa;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * axfrdns's transfers, for whom a rule allows them. IXFR is answered by the whole zone, or by its
 * SOA record alone if the client is up to date (RFC 1995, 2 and 4). Belongs to one thread.
 */
public final class ZoneTransfers implements Transfers {
  private final Access access;
  private final QueryLog log;
  private final InstantSource clock;
  private final RandomGenerator random;
  private Optional<ZoneData> data = Optional.empty();

  /**
   * Transfers without data yet.
   *
   * @param random makes hash keys
   */
  public ZoneTransfers(Access access, QueryLog log, InstantSource clock, RandomGenerator random) {
    this.access = access;
    this.log = log;
    this.clock = clock;
    this.random = random;
  }

  /** Transfers from these data from now on; transfers that go on keep theirs. */
  public void use(ZoneData newer) {
    data = Optional.of(newer);
  }

  @Override
  public boolean admits(Client client) {
    return access.of(client).served();
  }

  @Override
  public Optional<Rcode> answer(
      byte[] packet,
      int packetLength,
      QueryReader query,
      TsigRequest signature,
      Client client,
      PacketWriter response) {
    TransferQuestion question = TransferQuestion.of(query);
    if (!access.of(client).allow(question.zone(), signature.key().map(TsigKey::name))) {
      log.note("axfrdns: warning: disallowed zone transfer request");
      return Optional.of(Rcode.REFUSED);
    }
    if (data.isEmpty()) {
      return Optional.of(Rcode.SERVFAIL);
    }
    ZoneWalk walk =
        new ZoneWalk(
            data.get(),
            question.zone(),
            client.address(),
            client.addressLength(),
            Tai64.ofUnixMillis(clock.millis()),
            random.nextLong());
    if (!walk.hasZone()) {
      walk.close();
      log.note("axfrdns: warning: unable to locate information in data.cdb");
      return Optional.of(Rcode.NOTAUTH);
    }
    if (query.type() == RecordType.IXFR.code()
        && walk.toSoa()
        && isUpToDate(packet, packetLength, walk.serial())) {
      walk.writeTo(response);
      walk.close();
      return Optional.of(Rcode.NOERROR);
    }
    client.stream(new PackedZone(data.get().retain(), walk, question, signature, clock));
    return Optional.empty();
  }

  /** True if the query says that the client has this version, or a later one. */
  private static boolean isUpToDate(byte[] packet, int packetLength, long serial) {
    OptionalLong theirs = clientSerial(packet, packetLength);
    // Serial number arithmetic (RFC 1982, 3.2).
    return theirs.isPresent() && (int) (theirs.getAsLong() - serial) >= 0;
  }

  private static OptionalLong clientSerial(byte[] packet, int packetLength) {
    try {
      return Message.read(packet, packetLength).authority().stream()
          .filter(authority -> authority.rdata() instanceof Soa)
          .mapToLong(authority -> ((Soa) authority.rdata()).serial())
          .findFirst();
    } catch (MalformedPacketException e) {
      // Without a version to compare with the client gets the whole zone.
      return OptionalLong.empty();
    }
  }
}
