package djbdns.wire.rdata;

import djbdns.wire.RecordType;
import java.util.List;

/** The names of the fields of record data in messages, in the words of the types' RFCs. */
final class FieldNames {
  private FieldNames() {}

  /**
   * The name of a field; empty for types whose only field says it all.
   *
   * @param number from 1; what follows the last field belongs to it
   */
  static String of(RecordType type, int number) {
    List<String> names = of(type);
    return names.isEmpty() ? "" : names.get(Math.clamp(number, 1, names.size()) - 1);
  }

  static List<String> of(RecordType type) {
    return switch (type.toString()) {
      case "A", "AAAA" -> List.of("address");
      case "NS", "CNAME", "PTR", "DNAME", "MB", "MD", "MF", "MG", "MR", "NSAP-PTR" ->
          List.of("name");
      case "TXT", "SPF" -> List.of("text");
      case "SOA" ->
          List.of("primary", "contact", "serial", "refresh", "retry", "expire", "minimum");
      case "HINFO" -> List.of("cpu", "os");
      case "MX", "KX" -> List.of("preference", "exchange");
      case "SRV" -> List.of("priority", "weight", "port", "target");
      case "NAPTR" -> List.of("order", "preference", "flags", "services", "regexp", "replacement");
      case "DS", "CDS", "DLV", "TA" -> List.of("key tag", "algorithm", "digest type", "digest");
      case "SSHFP" -> List.of("algorithm", "fingerprint type", "fingerprint");
      case "RRSIG", "SIG" ->
          List.of(
              "type covered",
              "algorithm",
              "labels",
              "original ttl",
              "expiration",
              "inception",
              "key tag",
              "signer",
              "signature");
      case "NSEC", "NXT" -> List.of("next name", "types");
      case "DNSKEY", "KEY", "CDNSKEY", "RKEY" -> List.of("flags", "protocol", "algorithm", "key");
      case "NSEC3" ->
          List.of("hash algorithm", "flags", "iterations", "salt", "next hash", "types");
      case "NSEC3PARAM" -> List.of("hash algorithm", "flags", "iterations", "salt");
      case "TLSA", "SMIMEA" -> List.of("usage", "selector", "matching type", "certificate data");
      case "SVCB", "HTTPS" -> List.of("priority", "target", "parameters");
      case "CAA" -> List.of("flags", "tag", "value");
      case "MINFO" -> List.of("mailbox", "mailbox for errors");
      case "RP" -> List.of("mailbox", "name of a text");
      case "TALINK" -> List.of("previous name", "next name");
      case "AFSDB" -> List.of("subtype", "host");
      case "RT" -> List.of("preference", "host");
      case "NID", "L32", "L64" -> List.of("preference", "locator");
      case "LP" -> List.of("preference", "name");
      case "PX" -> List.of("preference", "map822", "mapx400");
      case "WKS" -> List.of("address", "protocol and ports");
      case "ISDN" -> List.of("address", "subaddress");
      case "GPOS" -> List.of("longitude", "latitude", "altitude");
      case "A6" -> List.of("prefix length", "suffix", "prefix name");
      case "SINK" -> List.of("meaning", "coding", "subcoding", "data");
      case "CERT" -> List.of("type", "key tag", "algorithm", "certificate");
      case "IPSECKEY" -> List.of("precedence", "gateway type", "algorithm", "gateway", "key");
      case "AMTRELAY" -> List.of("precedence", "discovery and type", "relay");
      case "HIP" -> List.of("identity", "rendezvous server");
      case "CSYNC" -> List.of("serial", "flags", "types");
      case "ZONEMD" -> List.of("serial", "scheme", "hash algorithm", "digest");
      case "DSYNC" -> List.of("type", "scheme", "port", "target");
      case "URI" -> List.of("priority", "weight", "target");
      case "DOA" -> List.of("enterprise", "type", "location", "media type", "data");
      default -> List.of();
    };
  }
}
