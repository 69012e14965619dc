package djbdns.tinydns.zone;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.util.Optional;

/**
 * The line that tinydns-edit adds to a data file (tinydns-edit.c). It depends on the lines that are
 * there: {@link #examine} wants to see each of them, then {@link #line} has the new one. One
 * thread.
 */
public abstract sealed class NewRecord permits NewHost, NewAlias, NewServer {
  /**
   * The kinds of records to add; the name is the word on the command line. {@code HOST6} and {@code
   * ALIAS6} are those of fefe's patch for IPv6, for data that a patched tinydns-data is to read as
   * well.
   */
  public enum Kind {
    NS,
    CHILDNS,
    HOST,
    HOST6,
    ALIAS,
    ALIAS6,
    MX;

    /** True if the line of this kind holds such an address. */
    public boolean takes(Address address) {
      return (this != HOST6 && this != ALIAS6) || address instanceof Address.Ipv6;
    }
  }

  /** The new record may not be added; the message says why. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  final Name domain;
  final Address address;
  private final char leadingCharacter;
  private final FieldReader fields = new FieldReader(ProblemSink.NONE);

  NewRecord(char leadingCharacter, Name domain, Address address) {
    this.leadingCharacter = leadingCharacter;
    this.domain = domain;
    this.address = address;
  }

  /**
   * A record to add.
   *
   * @param address one that the kind {@link Kind#takes}
   * @throws DataException if the domain leaves no room for the names of its servers
   */
  public static NewRecord of(Kind kind, Name domain, Address address) throws DataException {
    return switch (kind) {
      case NS -> new NewServer('.', NewServer.DNS, domain, address);
      case CHILDNS -> new NewServer('&', NewServer.DNS, domain, address);
      case HOST -> new NewHost(NewHost.ANY, domain, address);
      case HOST6 -> new NewHost(NewHost.IPV6, domain, address);
      case ALIAS -> new NewAlias(NewAlias.ANY, domain, address);
      case ALIAS6 -> new NewAlias(NewAlias.IPV6, domain, address);
      case MX -> new NewServer('@', NewServer.MAIL, domain, address);
    };
  }

  /**
   * Takes note of a line of the file, with or without its newline.
   *
   * @throws RefusedException if the new record would repeat this one
   * @throws DataException if a name in the line is too long
   */
  public void examine(byte[] bytes, int start, int end) throws RefusedException, DataException {
    int trimmedEnd = Fields.trimmedEnd(bytes, start, end);
    if (trimmedEnd > start && concerns(bytes[start])) {
      fields.start(bytes, start + 1, trimmedEnd, 0);
      examine(bytes[start], fields);
    }
  }

  /** True if lines with this leading character matter to the new one. */
  boolean concerns(byte kind) {
    return kind == leadingCharacter;
  }

  abstract void examine(byte kind, FieldReader line) throws RefusedException, DataException;

  /** A warning about the new record beside the lines that there are; empty if there is none. */
  public Optional<String> warning() {
    return Optional.empty();
  }

  /**
   * The line to add, with its newline, in ASCII.
   *
   * @throws RefusedException if there is no room for it
   */
  public String line() throws RefusedException {
    return leadingCharacter + domain.toString() + ':' + addressText() + rest() + '\n';
  }

  /** As the line spells it: the patch for IPv6 reads nothing but 32 hexadecimal digits. */
  private String addressText() {
    boolean isPatched = leadingCharacter == NewHost.IPV6 || leadingCharacter == NewAlias.IPV6;
    return isPatched && address instanceof Address.Ipv6(Bytes bytes)
        ? bytes.toString()
        : address.toString();
  }

  /** The fields behind the address. */
  abstract String rest() throws RefusedException;
}
