package djbdns.tinydns;

import djbdns.content.Answers;
import djbdns.content.Outcome;
import djbdns.server.Client;
import djbdns.tinydns.pick.PickData;
import djbdns.tinydns.pick.PickLookup;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.QueryReader;

/**
 * Puts a packet's question to the lookup: the name in small letters, the client's address. Belongs
 * to one thread.
 */
final class PickAnswers implements Answers, DataUser<PickData> {
  private final PickLookup lookup;
  private final byte[] name = new byte[Limits.NAME_BYTES];

  PickAnswers(PickLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void use(PickData newer) {
    lookup.use(newer);
  }

  @Override
  public Outcome answer(QueryReader query, Client client, PacketWriter response) {
    int nameLength = query.copyLowerCaseName(name);
    return lookup.answer(
        name, nameLength, query.type(), client.address(), client.addressLength(), response);
  }
}
