package djbdns.tinydns.zone;

import djbdns.wire.Name;
import djbdns.wire.rdata.Srv;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of the {@code data} file of tinydns, a record per kind of line, its parts in the order
 * of the line's fields (cr.yp.to/djbdns/tinydns-data.html, and docs/man/tinydns-data.md).
 *
 * <p>An address is absent where the field is empty or unusable. A {@code String} holds bytes: one
 * character, 0 to 255, is one byte.
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
   * {@code %lo:network}: clients in this network are at this location.
   *
   * @param location two bytes, the first one high
   * @param network IPv6, or IPv4 whose length is not a multiple of 8
   */
  record LocationNetwork(int location, Network network) implements DataLine {}

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

  /** {@code .fqdn:ip:x:ttl:timestamp:lo}: our own zone, SOA and NS, and A or AAAA of its server. */
  record OwnZone(Name owner, Optional<Address> address, Name server, Terms terms)
      implements DataLine {}

  /** {@code &fqdn:ip:x:ttl:timestamp:lo}: NS, and A or AAAA of the server. */
  record Delegation(Name owner, Optional<Address> address, Name server, Terms terms)
      implements DataLine {}

  /** {@code =fqdn:ip:ttl:timestamp:lo}: A or AAAA, and PTR back; nothing without an address. */
  record Host(Name owner, Optional<Address> address, Terms terms) implements DataLine {}

  /** {@code +fqdn:ip:ttl:timestamp:lo}: A or AAAA; nothing without an address. */
  record Alias(Name owner, Optional<Address> address, Terms terms) implements DataLine {}

  /**
   * {@code @fqdn:ip:x:dist:ttl:timestamp:lo}: MX, and A or AAAA of the exchanger.
   *
   * @param distance the record has the low 16 bits
   */
  record MailExchanger(
      Name owner, Optional<Address> address, Name exchanger, long distance, Terms terms)
      implements DataLine {}

  /** {@code Sfqdn:ip:x:port:prio:weight:ttl:timestamp:lo}: SRV, and A or AAAA of the server. */
  record Service(Name owner, Optional<Address> address, Srv srv, Terms terms) implements DataLine {}

  /** {@code 'fqdn:s:ttl:timestamp:lo}: TXT. */
  record Text(Name owner, String text, Terms terms) implements DataLine {
    /** Each but the last of the strings that the text makes has as many bytes, as in 1.05. */
    static final int STRING_BYTES = 127;

    /** The length of the record's data in bytes. */
    int dataBytes() {
      return text.length() + Math.ceilDiv(text.length(), STRING_BYTES);
    }
  }

  /** {@code ^fqdn:p:ttl:timestamp:lo}: PTR. */
  record Pointer(Name owner, Name target, Terms terms) implements DataLine {}

  /** {@code Cfqdn:p:ttl:timestamp:lo}: CNAME. */
  record CanonicalName(Name owner, Name target, Terms terms) implements DataLine {}

  /**
   * {@code :fqdn:n:rdata:ttl:timestamp:lo}: any other type; also what {@code N} and {@code _} lines
   * and {@code :fqdn:MNEMONIC:text:ttl:timestamp:lo} say.
   *
   * @param type 1 to 65535, none of the types that have a line of their own in 1.05
   */
  record Generic(Name owner, int type, String rdata, Terms terms) implements DataLine {}
}
