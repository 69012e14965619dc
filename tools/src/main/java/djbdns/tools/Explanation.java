package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.Step;
import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.message.Edns;
import djbdns.wire.message.EdnsOption;
import djbdns.wire.message.ExtendedError;
import djbdns.wire.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The remarks of a reply beside its records: how dnscache found it, and why it is no better.
 *
 * @param end the reply without its OPT record, as it would have been
 * @param errors what the server says is wrong (RFC 8914)
 * @param lines all of that for people, visible ASCII and blanks, whatever the server sent; none if
 *     that was not asked for
 */
record Explanation(Step.End end, List<ExtendedError> errors, List<String> lines) {
  /** The option of a query for which dnscache says how it found the answer. */
  static final Edns REQUEST =
      new Edns(
          Limits.EDNS_UDP_BYTES,
          0,
          0,
          0,
          List.of(new EdnsOption(EdnsOption.EXPLANATION, Bytes.of())));

  private static final List<String> NONE = List.of("this server does not say");

  Explanation {
    errors = List.copyOf(errors);
    lines = List.copyOf(lines);
  }

  /** For a reply to a query that asked for nothing of the kind. */
  static Explanation none(Step.End end) {
    return new Explanation(end, List.of(), List.of());
  }

  /** With lines for people, at least one. */
  static Explanation of(Step.End end) {
    Optional<Message> reply = reply(end);
    List<String> lines = new ArrayList<>();
    reply.ifPresent(said -> addLines(said, lines));
    return new Explanation(withoutEdns(end, reply), errors(reply), lines.isEmpty() ? NONE : lines);
  }

  /** Without lines. */
  static Explanation errorsOf(Step.End end) {
    Optional<Message> reply = reply(end);
    return new Explanation(withoutEdns(end, reply), errors(reply), List.of());
  }

  /** The remarks of a server; empty if there are none that can be read. */
  private static Optional<Message> reply(Step.End end) {
    if (end instanceof Step.Done done) {
      return read(done.packet());
    }
    return ((Step.Failed) end).failure() instanceof Failure.ServerFailed failed
        ? read(failed.reply().toArray())
        : Optional.empty();
  }

  private static Optional<Message> read(byte[] packet) {
    try {
      return Optional.of(Message.read(packet, packet.length));
    } catch (MalformedPacketException e) {
      // Whoever prints the reply will say so.
      return Optional.empty();
    }
  }

  private static List<ExtendedError> errors(Optional<Message> reply) {
    return reply.flatMap(Message::edns).map(ExtendedError::of).orElse(List.of());
  }

  /** The reason that the failed server gave; nothing after another failure. */
  static List<ExtendedError> errorsOf(Failure failure) {
    return errors(reply(new Step.Failed(failure)));
  }

  private static Step.End withoutEdns(Step.End end, Optional<Message> reply) {
    if (!(end instanceof Step.Done done) || reply.flatMap(Message::edns).isEmpty()) {
      return end;
    }
    Message said = reply.get();
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    new Message(
            said.id(),
            said.flags(),
            said.questions(),
            said.answers(),
            said.authority(),
            said.additional(),
            Optional.empty())
        .write(writer);
    byte[] plain = Arrays.copyOf(writer.buffer(), writer.length());
    return new Step.Done(done.server(), done.transport(), plain);
  }

  private static void addLines(Message reply, List<String> lines) {
    reply
        .edns()
        .flatMap(edns -> edns.option(EdnsOption.EXPLANATION))
        .map(option -> new String(option.data().toArray(), StandardCharsets.ISO_8859_1))
        .ifPresent(text -> lines.addAll(List.of(visible(text).split("\n", -1))));
    if (isFailure(reply)) {
      lines.add("response code " + reply.rcode());
    }
    for (ExtendedError error : errors(Optional.of(reply))) {
      String text = error.text().isEmpty() ? "" : ": " + error.text().replace('\n', ' ');
      lines.add("extended error %d, %s%s".formatted(error.code(), error.meaning(), visible(text)));
    }
  }

  private static String visible(String text) {
    return text.replaceAll("[^ -~\n]", "?");
  }

  private static boolean isFailure(Message reply) {
    Rcode rcode = reply.rcode();
    return !rcode.equals(Rcode.NOERROR) && !rcode.equals(Rcode.NXDOMAIN);
  }
}
