package djbdns.tinydns;

import djbdns.content.Answers;
import djbdns.content.Outcome;
import djbdns.server.Client;
import djbdns.tinydns.lookup.Lookup;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.QueryReader;
import java.time.InstantSource;

/**
 * Puts a packet's question to the lookup: the name in small letters, the client's address, and the
 * time, which is read once for all packets of a batch. Belongs to one thread.
 */
final class Inquiry implements Answers, DataUser<ZoneData> {
  private final Lookup lookup;
  private final InstantSource clock;
  private final byte[] name = new byte[Limits.NAME_BYTES];
  private long nowTai64;
  private boolean timeKnown;

  Inquiry(Lookup lookup, InstantSource clock) {
    this.lookup = lookup;
    this.clock = clock;
  }

  @Override
  public void use(ZoneData newer) {
    lookup.use(newer);
  }

  @Override
  public Outcome answer(QueryReader query, Client client, PacketWriter response) {
    int nameLength = query.copyLowerCaseName(name);
    if (!timeKnown) {
      nowTai64 = Tai64.ofUnixMillis(clock.millis());
      timeKnown = true;
    }
    return lookup.answer(
        name,
        nameLength,
        query.type(),
        client.address(),
        client.addressLength(),
        nowTai64,
        response);
  }

  @Override
  public void batchEnd() {
    timeKnown = false;
  }
}
