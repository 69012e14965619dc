package djbdns.wire.text;

import djbdns.wire.Codes;
import djbdns.wire.MalformedTextException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of numbers in record data. A number may have several names, as BIND, IANA and the RFCs
 * disagree; the first one is written. Loaded when the first such name is met.
 */
public final class Mnemonics {
  /** DNSSEC algorithms (RFC 4034, A.1; IANA, "DNS Security Algorithm Numbers"). */
  public static final Mnemonics ALGORITHMS =
      new Mnemonics(
          """
          RSAMD5=1 DH=2 DSA=3 ECC=4 RSASHA1=5 NSEC3DSA=6 DSA-NSEC3-SHA1=6 NSEC3RSASHA1=7 \
          RSASHA1-NSEC3-SHA1=7 RSASHA256=8 RSASHA512=10 ECCGOST=12 ECC-GOST=12 ECDSAP256SHA256=13 \
          ECDSA256=13 ECDSAP384SHA384=14 ECDSA384=14 ED25519=15 ED448=16 INDIRECT=252 \
          PRIVATEDNS=253 PRIVATEOID=254\
          """);

  /** Digests of DS (IANA, "DS RR Type Digest Algorithms"). */
  public static final Mnemonics DIGESTS =
      new Mnemonics("SHA-1=1 SHA1=1 SHA-256=2 SHA256=2 GOST=3 SHA-384=4 SHA384=4");

  /** Certificates (RFC 4398, 2.1). */
  public static final Mnemonics CERTIFICATES =
      new Mnemonics(
          "PKIX=1 SPKI=2 PGP=3 IPKIX=4 ISPKI=5 IPGP=6 ACPKIX=7 IACPKIX=8 URI=253 OID=254");

  /** Protocols of keys (RFC 2535, 3.1.3 and 7.1). */
  public static final Mnemonics KEY_PROTOCOLS =
      new Mnemonics("NONE=0 TLS=1 EMAIL=2 DNSSEC=3 IPSEC=4 ALL=255");

  /** Flags of keys (RFC 2535, 7.1; RFC 3757). */
  public static final Mnemonics KEY_FLAGS =
      new Mnemonics(
          """
          NOCONF=16384 NOAUTH=32768 NOKEY=49152 FLAG2=8192 EXTEND=4096 FLAG4=2048 FLAG5=1024 \
          USER=0 ZONE=256 HOST=512 NTYP3=768 FLAG8=128 FLAG9=64 FLAG10=32 FLAG11=16 SIG0=0 SIG1=1 \
          SIG2=2 SIG3=3 SIG4=4 SIG5=5 SIG6=6 SIG7=7 SIG8=8 SIG9=9 SIG10=10 SIG11=11 SIG12=12 \
          SIG13=13 SIG14=14 SIG15=15 KSK=1\
          """);

  /** Schemes of DSYNC (RFC 9859, 2.1). */
  public static final Mnemonics SCHEMES = new Mnemonics("NOTIFY=1");

  /** Protocols above IP of WKS (RFC 1010). */
  public static final Mnemonics IP_PROTOCOLS = new Mnemonics("ICMP=1 TCP=6 UDP=17");

  /** Ports of WKS: those that RFC 1010 names and zones still have. */
  public static final Mnemonics PORTS =
      new Mnemonics(
          """
          ECHO=7 DISCARD=9 SYSTAT=11 DAYTIME=13 CHARGEN=19 FTP-DATA=20 FTP=21 SSH=22 TELNET=23 \
          SMTP=25 TIME=37 DOMAIN=53 TFTP=69 FINGER=79 HTTP=80 POP3=110 SUNRPC=111 NNTP=119 NTP=123 \
          SNMP=161 HTTPS=443\
          """);

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();

  /** Names with their numbers, separated by blanks. */
  private Mnemonics(String entries) {
    for (String entry : entries.split(" ", -1)) {
      int equals = entry.indexOf('=');
      int number = Integer.parseInt(entry.substring(equals + 1));
      numbers.put(entry.substring(0, equals), number);
      names.putIfAbsent(number, entry.substring(0, equals));
    }
  }

  /** The number of a name in any letter case. */
  public Optional<Integer> number(String name) {
    return Optional.ofNullable(numbers.get(name.toUpperCase(Locale.ROOT)));
  }

  /**
   * The number that a word is, or is the name of in any letter case.
   *
   * @param max of a number; names may stand for more
   * @param what it should be, for the message: {@code a port}
   */
  public int parse(String word, int max, String what) throws MalformedTextException {
    Optional<Integer> number = Codes.parseDecimal(word, max).map(Long::intValue);
    return number
        .or(() -> number(word))
        .orElseThrow(() -> new MalformedTextException("not " + what + ": " + word));
  }

  /** The first name of a number; the number in decimal if it has none. */
  public String name(int number) {
    return names.getOrDefault(number, Integer.toString(number));
  }
}
