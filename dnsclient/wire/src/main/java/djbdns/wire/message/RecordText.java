package djbdns.wire.message;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.TextSource;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.TextScanner;
import java.util.Optional;

/** Parses one entry of a master file (RFC 1035, 5.1; RFC 3597, 5). */
final class RecordText {
  private final String text;
  private final Name origin;
  private final TextScanner scanner;

  RecordText(String text, Name origin) {
    this.text = text;
    this.origin = origin;
    scanner = new TextScanner(text);
  }

  ResourceRecord parse() throws MalformedTextException {
    Name owner = MasterText.parseName(scanner.next(), origin);
    long ttlSeconds = -1;
    RecordClass recordClass = RecordClass.IN;
    String word = scanner.next();
    // No type looks like a TTL, and the one that looks like a class, ANY, has no data.
    for (int i = 0; i < 2; i++) {
      Optional<RecordClass> mnemonic = RecordClass.parse(word);
      Optional<Long> number = Codes.parseDecimal(word, ResourceRecord.TTL_MAX_SECONDS);
      if (mnemonic.isEmpty() && number.isEmpty()) {
        break;
      }
      recordClass = mnemonic.orElse(recordClass);
      ttlSeconds = number.orElse(ttlSeconds);
      word = scanner.next();
    }
    if (ttlSeconds < 0) {
      throw new MalformedTextException("record without ttl: " + text);
    }
    String typeText = word;
    RecordType type =
        RecordType.parse(typeText)
            .orElseThrow(() -> new MalformedTextException("bad type: " + typeText));
    return new ResourceRecord(owner, recordClass, ttlSeconds, parseData(type, recordClass));
  }

  private Rdata parseData(RecordType type, RecordClass recordClass) throws MalformedTextException {
    String data = scanner.rest();
    if (!scanner.skipGeneric(type)) {
      if (!ResourceRecord.hasTypedData(type, recordClass, 1)) {
        throw new MalformedTextException("no text form of " + type + " in class " + recordClass);
      }
      return Rdata.parse(type, data, origin);
    }
    Bytes bytes = new TextSource(scanner, origin).generic();
    try {
      return ResourceRecord.readData(type, recordClass, bytes.toReader(), bytes.length());
    } catch (MalformedPacketException e) {
      throw new MalformedTextException("bad data of " + type + ": " + data.strip());
    }
  }
}
