package djbdns.wire.rdata;

import djbdns.wire.RecordType;
import java.util.List;
import java.util.Optional;

/**
 * The types whose data have a form in text that nothing but reading and writing them needs: all
 * that BIND 9.18 reads and writes and that have no {@link Rdata} of their own.
 *
 * <p>MB to MINFO: RFC 1035, 3.3; WKS: 3.4.2. RP, AFSDB, X25, ISDN, RT: RFC 1183. NSAP, NSAP-PTR:
 * RFC 1706. PX: RFC 2163. GPOS: RFC 1712. LOC: RFC 1876. EID, NIMLOC: draft-ietf-nimrod-dns. ATMA:
 * ATM Name System 1.0. KX: RFC 2230. KEY, SIG, NXT: RFC 2535. A6: RFC 2874. APL: RFC 3123.
 * IPSECKEY: RFC 4025. DHCID: RFC 4701. CERT: RFC 4398. SPF: RFC 7208. DLV: RFC 4431. HIP: RFC 8005.
 * NID, L32, L64, LP: RFC 6742. EUI48, EUI64: RFC 7043. CDS, CDNSKEY: RFC 7344. CSYNC: RFC 7477.
 * URI: RFC 7553. OPENPGPKEY: RFC 7929. SMIMEA: RFC 8162. AMTRELAY: RFC 8777. ZONEMD: RFC 8976.
 * RESINFO: RFC 9606. DSYNC: RFC 9859. HHIT, BRID: RFC 9886. The rest: IANA, "Resource Record (RR)
 * TYPEs".
 */
final class Forms {
  private Forms() {}

  static Optional<Form> of(RecordType type) {
    return switch (type.toString()) {
      case "MD", "MF", "MB", "MG", "MR", "NSAP-PTR" -> list(Field.NAME);
      case "MINFO", "RP", "TALINK" -> list(Field.NAME, Field.NAME);
      case "AFSDB", "RT", "KX", "LP" -> list(Field.U16, Field.NAME);
      case "PX" -> list(Field.U16, Field.NAME, Field.NAME);
      case "SPF", "NINFO", "AVC", "RESINFO", "WALLET" -> list(Field.STRINGS);
      case "WKS" -> list(Field.IPV4, Field.PORTS);
      case "X25" -> list(Field.DIGITS);
      case "ISDN" -> Optional.of(new IsdnForm());
      case "GPOS" -> list(Field.STRING, Field.STRING, Field.STRING);
      case "NSAP" -> list(Field.NSAP);
      case "LOC" -> Optional.of(new Location());
      case "EID", "NIMLOC" -> list(Field.HEX);
      case "ATMA" -> Optional.of(new AtmAddress());
      case "NXT" -> list(Field.NAME, Field.OLD_TYPES);
      case "A6" -> Optional.of(new A6Form());
      case "APL" -> Optional.of(new PrefixList());
      case "SINK" -> list(Field.U8, Field.U8, Field.U8, Field.BASE64_OR_NOTHING);
      case "SIG" ->
          list(
              Field.COVERED_TYPE,
              Field.ALGORITHM,
              Field.U8,
              Field.U32,
              Field.DATE,
              Field.DATE,
              Field.U16,
              Field.NAME,
              Field.BASE64);
      case "KEY", "RKEY", "CDNSKEY" -> Optional.of(new KeyForm(type));
      case "CERT" ->
          list(Field.CERTIFICATE_TYPE, Field.U16, Field.CERTIFICATE_ALGORITHM, Field.BASE64);
      case "DHCID", "OPENPGPKEY", "HHIT", "BRID" -> list(Field.BASE64);
      case "CDS", "DLV", "TA" -> Optional.of(new DigestForm());
      case "SMIMEA" -> list(Field.U8, Field.U8, Field.U8, Field.HEX);
      case "IPSECKEY" -> Optional.of(new IpseckeyForm());
      case "AMTRELAY" -> Optional.of(new AmtrelayForm());
      case "HIP" -> Optional.of(new HostIdentity());
      case "CSYNC" -> list(Field.U32, Field.U16, Field.TYPES);
      case "ZONEMD" -> Optional.of(new ZonemdForm());
      case "DSYNC" -> list(Field.COVERED_TYPE, Field.SCHEME, Field.U16, Field.NAME);
      case "NID", "L64" -> list(Field.U16, Field.LOCATOR);
      case "L32" -> list(Field.U16, Field.IPV4);
      case "EUI48" -> list(Field.EUI48);
      case "EUI64" -> list(Field.EUI64);
      case "URI" -> list(Field.U16, Field.U16, Field.URI);
      case "DOA" -> Optional.of(new DoaForm());
      default -> Optional.empty();
    };
  }

  private static Optional<Form> list(Field... fields) {
    return Optional.of(new FieldList(List.of(fields)));
  }
}
