package djbdns.tinydns.axfr;

import djbdns.server.MessageSource;
import djbdns.tinydns.lookup.CompatWalk;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneWalk;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;

/**
 * A zone as axfrdns 1.05 sends it: each record in a message of its own, without question, names
 * whole. Closes the data when it is closed.
 */
final class SingleRecords implements MessageSource {
  private enum Next {
    SOA,
    RECORDS,
    END
  }

  private final ZoneData data;
  private final CompatWalk walk;
  private final int id;
  private Next next = Next.SOA;

  /**
   * A transfer.
   *
   * @param data retained for this
   * @param walk stands before the first record
   */
  SingleRecords(ZoneData data, CompatWalk walk, int id) {
    this.data = data;
    this.walk = walk;
    this.id = id;
  }

  @Override
  public Step next(PacketWriter out) {
    return switch (next) {
      case SOA -> {
        next = Next.RECORDS;
        yield soa(out);
      }
      case RECORDS ->
          switch (walk.next()) {
            case ZoneWalk.Step.RECORD -> message(out);
            case ZoneWalk.Step.PAUSE -> Step.PAUSE;
            case ZoneWalk.Step.END -> {
              next = Next.END;
              yield soa(out);
            }
            case ZoneWalk.Step.DAMAGED -> Step.FAILED;
          };
      case END -> Step.END;
    };
  }

  private Step soa(PacketWriter out) {
    return walk.toSoa() ? message(out) : Step.FAILED;
  }

  private Step message(PacketWriter out) {
    out.begin(id, Header.QR | Header.AA, Limits.MESSAGE_BYTES);
    return walk.writeTo(out) ? Step.MESSAGE : Step.FAILED;
  }

  @Override
  public void close() {
    data.close();
  }
}
