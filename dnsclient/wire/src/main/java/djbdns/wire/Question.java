package djbdns.wire;

/** The question of a message: a name, a type and a class (RFC 1035, 4.1.2). */
public record Question(Name name, RecordType type, RecordClass recordClass) {
  public Question(Name name, RecordType type) {
    this(name, type, RecordClass.IN);
  }
}
