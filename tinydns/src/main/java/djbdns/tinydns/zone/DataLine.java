package djbdns.tinydns.zone;

import djbdns.wire.Name;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One line of the {@code data} file of tinydns, a record per kind of line, its parts in the order
 * of the line's fields (cr.yp.to/djbdns/tinydns-data.html).
 *
 * <p>An address is four bytes, the first one high, and absent where the field is empty or unusable.
 * A {@code String} holds bytes: one character, 0 to 255, is one byte.
 */
public sealed interface DataLine {
  /** Nothing but blanks. */
  record Blank() implements DataLine {}

  /** {@code #}: a remark. */
  record Comment() implements DataLine {}

  /** {@code -}: a record that is switched off. */
  record Disabled() implements DataLine {}

  /**
   * {@code %lo:prefix}: clients whose address starts with these bytes are at this location.
   *
   * @param location two bytes, the first one high
   * @param prefix as many bytes as were given, usually 0 to 4
   */
  record LocationPrefix(int location, String prefix) implements DataLine {}

  /**
   * {@code Zfqdn:mname:rname:ser:ref:ret:exp:min:ttl:timestamp:lo}: SOA. Numbers keep the 64 bits
   * that 1.05 reads; the record has the low 32.
   *
   * @param serial empty: to be chosen when the file is compiled
   */
  record Soa(
      Name owner,
      Name server,
      Name contact,
      OptionalLong serial,
      long refreshSeconds,
      long retrySeconds,
      long expireSeconds,
      long minimumSeconds,
      Terms terms)
      implements DataLine {}

  /** {@code .fqdn:ip:x:ttl:timestamp:lo}: our own zone, SOA and NS, and A of its server. */
  record OwnZone(Name owner, OptionalInt address, Name server, Terms terms) implements DataLine {}

  /** {@code &fqdn:ip:x:ttl:timestamp:lo}: NS, and A of the server. */
  record Delegation(Name owner, OptionalInt address, Name server, Terms terms)
      implements DataLine {}

  /** {@code =fqdn:ip:ttl:timestamp:lo}: A, and PTR back; nothing without an address. */
  record Host(Name owner, OptionalInt address, Terms terms) implements DataLine {}

  /** {@code +fqdn:ip:ttl:timestamp:lo}: A; nothing without an address. */
  record Alias(Name owner, OptionalInt address, Terms terms) implements DataLine {}

  /**
   * {@code @fqdn:ip:x:dist:ttl:timestamp:lo}: MX, and A of the exchanger.
   *
   * @param distance the record has the low 16 bits
   */
  record MailExchanger(Name owner, OptionalInt address, Name exchanger, long distance, Terms terms)
      implements DataLine {}

  /** {@code 'fqdn:s:ttl:timestamp:lo}: TXT. */
  record Text(Name owner, String text, Terms terms) implements DataLine {}

  /** {@code ^fqdn:p:ttl:timestamp:lo}: PTR. */
  record Pointer(Name owner, Name target, Terms terms) implements DataLine {}

  /** {@code Cfqdn:p:ttl:timestamp:lo}: CNAME. */
  record CanonicalName(Name owner, Name target, Terms terms) implements DataLine {}

  /**
   * {@code :fqdn:n:rdata:ttl:timestamp:lo}: any other type.
   *
   * @param type 1 to 65535, none of the types that have a line of their own
   */
  record Generic(Name owner, int type, String rdata, Terms terms) implements DataLine {}
}
