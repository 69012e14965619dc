package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.Step;
import djbdns.runtime.Json;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Question;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Unknown;
import djbdns.wire.text.MasterText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A response as members of a JSON object; docs/man/dnsq.md lists them. */
final class PacketJson {
  private static final int QUESTION_FIXED_BYTES = 4;

  private final PacketReader reader = new PacketReader();
  private final byte[] packet;

  private PacketJson(byte[] packet) {
    this.packet = packet;
  }

  /** An object with the question. */
  static Json.Builder of(Question question) {
    return Json.object()
        .object(
            "question",
            Json.object()
                .bytes("name", MasterText.ofName(question.name()))
                .text("type", question.type().toString()));
  }

  /**
   * The same with a response to it.
   *
   * @param errors what the OPT record says is wrong
   * @throws MalformedPacketException if any part breaks the format or bytes are left at the end
   */
  static Json.Builder of(Question question, Step.Done done, List<ExtendedError> errors)
      throws MalformedPacketException {
    Json.Builder object =
        of(question)
            .text("server", done.server().toString())
            .text("transport", done.transport().toString().toLowerCase(Locale.ROOT))
            .number("size", done.packet().length);
    new PacketJson(done.packet()).addTo(object, errors);
    return object;
  }

  /** Adds what a server that failed has said. */
  static void addReason(Json.Builder object, Failure.ServerFailed failed) {
    object
        .text("rcode", failed.rcode().toString())
        .array("ede", errors(Explanation.errorsOf(failed)));
  }

  private static List<Json.Builder> errors(List<ExtendedError> errors) {
    List<Json.Builder> objects = new ArrayList<>();
    for (ExtendedError error : errors) {
      objects.add(
          Json.object()
              .number("code", error.code())
              .text("meaning", error.meaning())
              .bytes("text", error.text()));
    }
    return objects;
  }

  private void addTo(Json.Builder object, List<ExtendedError> errors)
      throws MalformedPacketException {
    Header header = reader.wrap(packet, packet.length).readHeader();
    for (int i = 0; i < header.questionCount(); i++) {
      reader.skipName();
      reader.skip(QUESTION_FIXED_BYTES);
    }
    object
        .byteStrings("flags", flags(header.flags()))
        .text("rcode", header.rcode().toString())
        .array("ede", errors(errors))
        .array("answer", records(header.answerCount()))
        .array("authority", records(header.authorityCount()))
        .array("additional", records(header.additionalCount()));
    reader.requireAt(packet.length);
  }

  private static List<String> flags(int flags) {
    List<String> names = new ArrayList<>();
    addIf((flags & Header.QR) != 0, "qr", names);
    addIf((flags & Header.AA) != 0, "aa", names);
    addIf((flags & Header.TC) != 0, "tc", names);
    addIf((flags & Header.RD) != 0, "rd", names);
    addIf((flags & Header.RA) != 0, "ra", names);
    addIf((flags & Header.Z) != 0, "z", names);
    addIf((flags & Header.AD) != 0, "ad", names);
    addIf((flags & Header.CD) != 0, "cd", names);
    return names;
  }

  private static void addIf(boolean condition, String name, List<String> names) {
    if (condition) {
      names.add(name);
    }
  }

  private List<Json.Builder> records(int count) throws MalformedPacketException {
    List<Json.Builder> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(nextRecord());
    }
    return records;
  }

  private Json.Builder nextRecord() throws MalformedPacketException {
    Name owner = reader.readName();
    RecordType type = new RecordType(reader.readU16());
    RecordClass recordClass = new RecordClass(reader.readU16());
    Json.Builder object =
        Json.object()
            .bytes("name", MasterText.ofName(owner))
            .number("ttl", reader.readU32())
            .text("type", type.toString());
    boolean internet = recordClass.equals(RecordClass.IN);
    if (!internet) {
      object.text("class", recordClass.toString());
    }
    int length = reader.readU16();
    return object.bytes("data", internet ? typedData(type, length) : rawData(type, length));
  }

  /** In the type's own form, or as bytes if the data do not have it. */
  private String typedData(RecordType type, int length) throws MalformedPacketException {
    int start = reader.position();
    try {
      return Rdata.read(type, reader, length).toString();
    } catch (MalformedPacketException e) {
      reader.position(start);
      return rawData(type, length);
    }
  }

  private String rawData(RecordType type, int length) throws MalformedPacketException {
    return new Unknown(type, Bytes.of(reader.readBytes(length))).toString();
  }
}
