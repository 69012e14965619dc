package djbdns.tinydns.master;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.MasterText;
import djbdns.wire.Name;
import djbdns.wire.Rdata;
import djbdns.wire.RecordType;
import djbdns.wire.TextScanner;
import djbdns.wire.Unknown;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Record data in text, of some more types than {@link Rdata} knows. */
final class DataText {
  /** Types whose data look like those of another type. */
  private static final Map<String, RecordType> LIKE =
      Map.of(
          "SPF", RecordType.TXT,
          "CDS", RecordType.DS,
          "DLV", RecordType.DS,
          "CDNSKEY", RecordType.DNSKEY,
          "SMIMEA", RecordType.TLSA,
          "AFSDB", RecordType.MX,
          "KX", RecordType.MX,
          "RT", RecordType.MX);

  private DataText() {}

  /** As {@link Rdata#parse}. */
  static Rdata parse(RecordType type, String text, Name origin) throws MalformedTextException {
    String mnemonic = type.toString();
    RecordType like = LIKE.get(mnemonic);
    boolean generic = text.startsWith("\\#");
    if (like != null && !generic) {
      return new Unknown(type, Rdata.parse(like, text, origin).toWire());
    }
    return mnemonic.equals("RP") && !generic
        ? responsiblePerson(text, origin)
        : Rdata.parse(type, text, origin);
  }

  /** Two names (RFC 1183, 2.2). */
  private static Rdata responsiblePerson(String text, Name origin) throws MalformedTextException {
    TextScanner words = new TextScanner(text);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      wire.writeBytes(MasterText.parseName(words.next(), origin).toWire());
    }
    if (words.hasMore()) {
      throw new MalformedTextException("more than the data of RP: " + words.next());
    }
    return new Unknown(RecordType.RP, Bytes.of(wire.toByteArray()));
  }
}
