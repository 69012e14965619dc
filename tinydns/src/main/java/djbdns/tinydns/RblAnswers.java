package djbdns.tinydns;

import djbdns.content.Answers;
import djbdns.content.Outcome;
import djbdns.server.Client;
import djbdns.tinydns.rbl.RblData;
import djbdns.tinydns.rbl.RblLookup;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.QueryReader;

/** Puts a packet's question to the list, the name in small letters. Belongs to one thread. */
final class RblAnswers implements Answers, DataUser<RblData> {
  private final RblLookup lookup;
  private final byte[] name = new byte[Limits.NAME_BYTES];

  RblAnswers(RblLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void use(RblData newer) {
    lookup.use(newer);
  }

  @Override
  public Outcome answer(QueryReader query, Client client, PacketWriter response) {
    int nameLength = query.copyLowerCaseName(name);
    return lookup.answer(name, nameLength, query.type(), response);
  }
}
