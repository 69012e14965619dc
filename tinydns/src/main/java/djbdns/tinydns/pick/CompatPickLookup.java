package djbdns.tinydns.pick;

import djbdns.content.Outcome;
import djbdns.wire.Header;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.util.random.RandomGenerator;

/**
 * Answers as pickdns 1.05 does (pickdns.c): {@code A}, {@code MX} and {@code ANY} at the names in
 * the data, of which {@code MX} is empty; everything else is refused.
 */
public final class CompatPickLookup implements PickLookup {
  /** 1.05 reads 512 bytes of addresses. */
  private static final int CANDIDATES = 128;

  private final Pick pick;

  /** A lookup that has no data yet. */
  public CompatPickLookup(RandomGenerator random) {
    pick = new Pick(random);
  }

  @Override
  public void use(PickData newer) {
    pick.use(newer);
  }

  @Override
  public Outcome answer(
      byte[] name, int nameLength, int type, byte[] client, int clientLength, PacketWriter out) {
    boolean addresses = type == RecordType.A.code() || type == RecordType.ANY.code();
    boolean answered = addresses || type == RecordType.MX.code();
    if (!answered || !pick.find(name, nameLength, client, clientLength)) {
      out.flags((out.flags() & ~Header.AA) | Rcode.REFUSED.code());
      return Outcome.ANSWERED;
    }
    return !addresses || pick.write(name, CANDIDATES, out) ? Outcome.ANSWERED : Outcome.FAILED;
  }
}
