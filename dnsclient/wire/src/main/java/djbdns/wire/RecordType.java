package djbdns.wire;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A record type or query type: 16 bits, 0 to 65535 (RFC 1035, 3.2.2; RFC 6895, 3.1). A type without
 * a mnemonic here is as good as any and is written {@code TYPE731} (RFC 3597, 5).
 */
public record RecordType(int code) {
  public static final RecordType A = new RecordType(1);
  public static final RecordType NS = new RecordType(2);
  public static final RecordType CNAME = new RecordType(5);
  public static final RecordType SOA = new RecordType(6);
  public static final RecordType PTR = new RecordType(12);
  public static final RecordType HINFO = new RecordType(13);
  public static final RecordType MX = new RecordType(15);
  public static final RecordType TXT = new RecordType(16);
  public static final RecordType RP = new RecordType(17);
  public static final RecordType SIG = new RecordType(24);
  public static final RecordType KEY = new RecordType(25);
  public static final RecordType AAAA = new RecordType(28);
  public static final RecordType SRV = new RecordType(33);
  public static final RecordType NAPTR = new RecordType(35);
  public static final RecordType DNAME = new RecordType(39);
  public static final RecordType OPT = new RecordType(41);
  public static final RecordType DS = new RecordType(43);
  public static final RecordType SSHFP = new RecordType(44);
  public static final RecordType RRSIG = new RecordType(46);
  public static final RecordType NSEC = new RecordType(47);
  public static final RecordType DNSKEY = new RecordType(48);
  public static final RecordType NSEC3 = new RecordType(50);
  public static final RecordType NSEC3PARAM = new RecordType(51);
  public static final RecordType TLSA = new RecordType(52);
  public static final RecordType CDS = new RecordType(59);
  public static final RecordType CDNSKEY = new RecordType(60);
  public static final RecordType OPENPGPKEY = new RecordType(61);
  public static final RecordType SVCB = new RecordType(64);
  public static final RecordType HTTPS = new RecordType(65);
  public static final RecordType TSIG = new RecordType(250);
  public static final RecordType IXFR = new RecordType(251);
  public static final RecordType AXFR = new RecordType(252);
  public static final RecordType ANY = new RecordType(255);
  public static final RecordType CAA = new RecordType(257);

  private static final Map<String, RecordType> CONSTANTS =
      Map.ofEntries(
          entry("A", A),
          entry("NS", NS),
          entry("CNAME", CNAME),
          entry("SOA", SOA),
          entry("PTR", PTR),
          entry("HINFO", HINFO),
          entry("MX", MX),
          entry("TXT", TXT),
          entry("RP", RP),
          entry("SIG", SIG),
          entry("KEY", KEY),
          entry("AAAA", AAAA),
          entry("SRV", SRV),
          entry("NAPTR", NAPTR),
          entry("DNAME", DNAME),
          entry("OPT", OPT),
          entry("DS", DS),
          entry("SSHFP", SSHFP),
          entry("RRSIG", RRSIG),
          entry("NSEC", NSEC),
          entry("DNSKEY", DNSKEY),
          entry("NSEC3", NSEC3),
          entry("NSEC3PARAM", NSEC3PARAM),
          entry("TLSA", TLSA),
          entry("CDS", CDS),
          entry("CDNSKEY", CDNSKEY),
          entry("OPENPGPKEY", OPENPGPKEY),
          entry("SVCB", SVCB),
          entry("HTTPS", HTTPS),
          entry("TSIG", TSIG),
          entry("IXFR", IXFR),
          entry("AXFR", AXFR),
          entry("ANY", ANY),
          entry("CAA", CAA));

  private static final Map<String, RecordType> BY_MNEMONIC = byMnemonic();
  private static final Map<Integer, String> BY_CODE = byCode();

  // Plain loops: the commands load this class, and streams would double their start-up.
  private static Map<String, RecordType> byMnemonic() {
    Map<String, RecordType> types = new HashMap<>(CONSTANTS);
    types.putAll(OtherTypes.byMnemonic());
    return Map.copyOf(types);
  }

  private static Map<Integer, String> byCode() {
    Map<Integer, String> mnemonics = new HashMap<>();
    for (Map.Entry<String, RecordType> known : BY_MNEMONIC.entrySet()) {
      mnemonics.put(known.getValue().code(), known.getKey());
    }
    return mnemonics;
  }

  public RecordType {
    Codes.check(code, 0xffff);
  }

  /** The type with this mnemonic, in any letter case, or in the form {@code TYPE731}. */
  public static Optional<RecordType> parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    RecordType known = BY_MNEMONIC.get(upper);
    return known != null
        ? Optional.of(known)
        : Codes.parseGeneric(upper, "TYPE", 0xffff).map(RecordType::new);
  }

  /** Every type that has a mnemonic, by its mnemonic. */
  public static Map<String, RecordType> mnemonics() {
    return BY_MNEMONIC;
  }

  /** The mnemonic, or {@code TYPE} and the number. */
  @Override
  public String toString() {
    return BY_CODE.getOrDefault(code, "TYPE" + code);
  }
}
