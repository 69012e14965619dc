package djbdns.tools;

import djbdns.client.Step;
import djbdns.wire.Bytes;
import djbdns.wire.Edns;
import djbdns.wire.EdnsOption;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Message;
import djbdns.wire.PacketWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How dnscache says that it found its answer.
 *
 * @param end the reply without its OPT record, as it would have been
 * @param lines at least one; visible ASCII and blanks, whatever the server sent
 */
record Explanation(Step.End end, List<String> lines) {
  /** What a query has to have. */
  static final Edns REQUEST =
      new Edns(
          Limits.EDNS_UDP_BYTES,
          0,
          0,
          0,
          List.of(new EdnsOption(EdnsOption.EXPLANATION, Bytes.of())));

  private static final List<String> NONE = List.of("this server does not say");

  Explanation {
    lines = List.copyOf(lines);
  }

  static Explanation of(Step.End end) {
    if (!(end instanceof Step.Done done)) {
      return new Explanation(end, NONE);
    }
    Message reply;
    try {
      reply = Message.read(done.packet(), done.packet().length);
    } catch (MalformedPacketException e) {
      // Whoever prints the reply will say so.
      return new Explanation(end, NONE);
    }
    byte[] plain = withoutEdns(reply);
    return new Explanation(new Step.Done(done.server(), done.transport(), plain), lines(reply));
  }

  private static byte[] withoutEdns(Message reply) {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    new Message(
            reply.id(),
            reply.flags(),
            reply.questions(),
            reply.answers(),
            reply.authority(),
            reply.additional(),
            Optional.empty())
        .write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private static List<String> lines(Message reply) {
    return reply
        .edns()
        .flatMap(edns -> edns.option(EdnsOption.EXPLANATION))
        .map(option -> new String(option.data().toArray(), StandardCharsets.ISO_8859_1))
        .map(text -> List.of(text.replaceAll("[^ -~\n]", "?").split("\n", -1)))
        .orElse(NONE);
  }
}
