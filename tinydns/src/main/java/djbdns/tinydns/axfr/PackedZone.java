package djbdns.tinydns.axfr;

import djbdns.response.ResponseFrame;
import djbdns.server.MessageSource;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneWalk;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.Section;
import java.time.InstantSource;

/**
 * A zone as the messages of a transfer, as many records in each as fit (RFC 5936, 2.2): the SOA
 * record first and last, the question in the first message only. Closes the data when it is closed.
 */
final class PackedZone implements MessageSource {
  /** All of a message can be pointed at by compressed names. */
  private static final int MESSAGE_BYTES = Limits.POINTER_LIMIT - 1;

  private enum State {
    SENDING,
    PAUSED,
    CLOSING,
    ENDED,
    DAMAGED
  }

  private final ZoneData data;
  private final ZoneWalk walk;
  private final TransferQuestion question;
  private final TsigRequest signature;
  private final InstantSource clock;
  private State state = State.SENDING;
  private boolean started;
  private boolean recordWaits;

  /**
   * The transfer of the zone that the walk goes through.
   *
   * @param data retained for this
   */
  PackedZone(
      ZoneData data,
      ZoneWalk walk,
      TransferQuestion question,
      TsigRequest signature,
      InstantSource clock) {
    this.data = data;
    this.walk = walk;
    this.question = question;
    this.signature = signature;
    this.clock = clock;
  }

  @Override
  public Step next(PacketWriter out) {
    if (state == State.ENDED) {
      return Step.END;
    }
    boolean isFirst = !started;
    int opt = isFirst && question.edns().isPresent() ? ResponseFrame.OPT_BYTES : 0;
    int room = signature.signatureBytes() + opt;
    out.begin(question.id(), Header.QR | Header.AA | question.rd(), MESSAGE_BYTES - room);
    if (isFirst) {
      question.writeTo(out);
    }
    if (!fill(out, Limits.MESSAGE_BYTES - room)) {
      return Step.FAILED;
    }
    if (isBare(out)) {
      return Step.PAUSE;
    }
    out.limit(Math.max(MESSAGE_BYTES, out.length() + room));
    started = true;
    boolean complete =
        (!isFirst || question.writeEdns(out))
            && signature.sign(out, clock.instant().getEpochSecond());
    return complete ? Step.MESSAGE : Step.FAILED;
  }

  private static boolean isBare(PacketWriter out) {
    return out.count(Section.ANSWER) == 0;
  }

  /**
   * Adds records until the message is full, the walk pauses, or the zone is at its end; false if
   * that cannot be. A record that needs a message of its own may make it bigger than others.
   */
  private boolean fill(PacketWriter out, int mostBytes) {
    while (recordWaits || advance()) {
      if (state == State.PAUSED || state == State.DAMAGED) {
        return state == State.PAUSED;
      }
      if (walk.writeTo(out)) {
        recordWaits = false;
        if (out.limit() == mostBytes) {
          return true;
        }
        continue;
      }
      recordWaits = true;
      if (!isBare(out)) {
        return true;
      }
      if (out.limit() == mostBytes) {
        return false;
      }
      out.limit(mostBytes);
    }
    return true;
  }

  /** Moves to the next record, which the closing SOA record is the last of; false behind that. */
  private boolean advance() {
    if (state == State.CLOSING) {
      state = State.ENDED;
      return false;
    }
    state =
        switch (walk.next()) {
          case RECORD -> State.SENDING;
          case PAUSE -> State.PAUSED;
          case END -> walk.toSoa() ? State.CLOSING : State.DAMAGED;
          case DAMAGED -> State.DAMAGED;
        };
    return true;
  }

  @Override
  public void close() {
    walk.close();
    data.close();
  }
}
