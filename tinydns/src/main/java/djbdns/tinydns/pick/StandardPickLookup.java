package djbdns.tinydns.pick;

import djbdns.content.Outcome;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import java.util.random.RandomGenerator;

/**
 * Answers as today's resolvers need it: a name in the data exists for every type, and so do the
 * names above it, which a resolver may ask for first (RFC 9156). Where a zone starts the data do
 * not say, so that all other names are outside.
 */
public final class StandardPickLookup implements PickLookup {
  private final Pick pick;
  private PickData data;

  /** A lookup that has no data yet. */
  public StandardPickLookup(RandomGenerator random) {
    pick = new Pick(random);
  }

  @Override
  public void use(PickData newer) {
    data = newer;
    pick.use(newer);
  }

  @Override
  public Outcome answer(
      byte[] name, int nameLength, int type, byte[] client, int clientLength, PacketWriter out) {
    if (!pick.find(name, nameLength, client, clientLength)) {
      return isEmpty(name, nameLength) ? Outcome.ANSWERED : Outcome.OUTSIDE;
    }
    boolean addresses = type == RecordType.A.code() || type == RecordType.ANY.code();
    if (addresses && !pick.write(name, Integer.MAX_VALUE, out)) {
      out.truncate();
    }
    return Outcome.ANSWERED;
  }

  private boolean isEmpty(byte[] name, int nameLength) {
    return data.hasNamesBelow(name, nameLength);
  }
}
