package djbdns.wire;

import java.util.Locale;
import java.util.Optional;

/** A record class or query class: 16 bits (RFC 1035, 3.2.4; RFC 6895, 3.2). */
public record RecordClass(int code) {
  public static final RecordClass IN = new RecordClass(1);
  public static final RecordClass CH = new RecordClass(3);
  public static final RecordClass HS = new RecordClass(4);
  public static final RecordClass NONE = new RecordClass(254);
  public static final RecordClass ANY = new RecordClass(255);

  public RecordClass {
    Codes.checkU16(code);
  }

  /** The class with this mnemonic, in any letter case, or in the form {@code CLASS32}. */
  public static Optional<RecordClass> parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "IN" -> Optional.of(IN);
      case "CH" -> Optional.of(CH);
      case "HS" -> Optional.of(HS);
      case "NONE" -> Optional.of(NONE);
      case "ANY" -> Optional.of(ANY);
      default -> Codes.parseGeneric(upper, "CLASS", 0xffff).map(RecordClass::new);
    };
  }

  /** The mnemonic, or {@code CLASS} and the number (RFC 3597, 5). */
  @Override
  public String toString() {
    return switch (code) {
      case 1 -> "IN";
      case 3 -> "CH";
      case 4 -> "HS";
      case 254 -> "NONE";
      case 255 -> "ANY";
      default -> "CLASS" + code;
    };
  }
}
