package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds faults in the data of a record that a person wrote. Readers of packets accept more than
 * these rules do, since a cache passes on what servers send. But a zone that has such a record is
 * refused by other servers: those that load it as a master file, and those that transfer it.
 */
public final class RdataRules {
  /** Types whose data look like those of another type. */
  private static final Map<String, RecordType> LIKE =
      Map.of(
          "CDS", RecordType.DS,
          "DLV", RecordType.DS,
          "TA", RecordType.DS,
          "CDNSKEY", RecordType.DNSKEY,
          "KEY", RecordType.DNSKEY,
          "SMIMEA", RecordType.TLSA,
          "SPF", RecordType.TXT,
          "SIG", RecordType.RRSIG);

  /** Types that RFC 1035, 3.3, calls obsolete: no server loads them. */
  private static final Set<String> OBSOLETE = Set.of("MD", "MF");

  /** Types that only questions, or the packets themselves, have (RFC 6895, 3.1). */
  private static final int FIRST_META_TYPE = 128;

  private static final int LAST_META_TYPE = 255;

  /** Fingerprint type (RFC 4255, 3.1.2; RFC 6594) to bytes. */
  private static final Map<Integer, Integer> FINGERPRINT_BYTES = Map.of(1, 20, 2, 32);

  /** Key tag, algorithm, digest type. */
  private static final int DS_HEAD_BYTES = 4;

  private static final int SSHFP_HEAD_BYTES = 2;

  /** Usage, selector, matching type. */
  private static final int TLSA_HEAD_BYTES = 3;

  /** Flags, protocol, algorithm. */
  private static final int KEY_HEAD_BYTES = 4;

  /** Of a KEY without a key (RFC 2535, 3.1.2), one bit more of which CDNSKEY and DNSKEY lack. */
  private static final int NO_KEY_FLAGS = 0xc0;

  /** Its keys begin with a name (RFC 4034, A.1.1). */
  private static final int PRIVATE_DNS = 253;

  /** Type covered to key tag; the signer's name follows. */
  private static final int RRSIG_HEAD_BYTES = 18;

  /** The offset of the number of the owner's labels. */
  private static final int RRSIG_LABELS = 3;

  /** Hash algorithm, flags, iterations; the salt follows, with a byte of length before it. */
  private static final int NSEC3_HEAD_BYTES = 4;

  private static final int SHA_1 = 1;
  private static final int SHA_1_BYTES = 20;

  private RdataRules() {}

  /** True if there can be records of a type in a zone. */
  public static boolean isForZones(RecordType type) {
    boolean meta = type.code() >= FIRST_META_TYPE && type.code() <= LAST_META_TYPE;
    return type.code() != 0 && !meta && !type.equals(RecordType.OPT);
  }

  /**
   * The fault of a record's data, if there is one.
   *
   * @param data in wire form, names uncompressed
   * @return some words in printable ASCII, without the type
   */
  public static Optional<String> fault(RecordType type, Bytes data) {
    if (!isForZones(type)) {
      return Optional.of("no record has this type");
    }
    String mnemonic = type.toString();
    if (OBSOLETE.contains(mnemonic)) {
      return Optional.of("the type is obsolete");
    }
    Optional<String> size = faultOfSize(data.length());
    if (size.isPresent()) {
      return size;
    }
    if (!hasForm(LIKE.getOrDefault(mnemonic, type), data)) {
      return Optional.of(data.isEmpty() ? "no data" : "malformed data");
    }
    return faultOfWellFormed(type, data);
  }

  /**
   * The fault in the size of a record's data, if there is one.
   *
   * @return as {@link #fault}
   */
  public static Optional<String> faultOfSize(int dataBytes) {
    return dataBytes <= Limits.SERVED_RDATA_BYTES
        ? Optional.empty()
        : Optional.of(
            "data of "
                + dataBytes
                + " bytes, more than "
                + Limits.SERVED_RDATA_BYTES
                + " that can be served");
  }

  private static Optional<String> faultOfWellFormed(RecordType type, Bytes data) {
    return switch (type.toString()) {
      case "TLSA", "SMIMEA" -> missing("certificate data", data.length(), TLSA_HEAD_BYTES);
      case "DS", "CDS", "DLV", "TA" ->
          counted("digest", data, DS_HEAD_BYTES, DigestForm.DIGEST_BYTES);
      case "SSHFP" -> counted("fingerprint", data, SSHFP_HEAD_BYTES, FINGERPRINT_BYTES);
      case "DNSKEY", "CDNSKEY" -> keyFault(data);
      case "KEY" ->
          (data.at(0) & NO_KEY_FLAGS) == NO_KEY_FLAGS ? formFault(type, data) : keyFault(data);
      case "RRSIG" -> signatureFault(data).or(() -> labelsFault(data));
      case "SIG" -> signatureFault(data);
      case "NSEC" -> nsecFault(data);
      case "NSEC3" -> nsec3Fault(data);
      case "NAPTR" -> naptrFault(data);
      case "SVCB", "HTTPS" -> serviceFault(type, data);
      default -> formFault(type, data);
    };
  }

  /** True if the data have the form of their type, and names in it are whole. */
  private static boolean hasForm(RecordType type, Bytes data) {
    try {
      return RdataBytes.names(type.code()) > 0
          ? hasNames(type, data)
          : read(type, data).toWire().equals(data);
    } catch (MalformedPacketException _) {
      return false;
    }
  }

  private static Rdata read(RecordType type, Bytes data) throws MalformedPacketException {
    return Rdata.read(type, data.toReader(), data.length());
  }

  private static boolean hasNames(RecordType type, Bytes data) throws MalformedPacketException {
    byte[] whole = new byte[data.length() + 2 * Limits.NAME_BYTES];
    int length = RdataBytes.read(data.toReader(), type.code(), data.length(), whole, 0);
    return Arrays.equals(whole, 0, length, data.toArray(), 0, data.length());
  }

  /** The fault that the form of a type finds, for types without a class of their own. */
  private static Optional<String> formFault(RecordType type, Bytes data) {
    Optional<String> fault =
        Forms.of(type).filter(form -> form.covers(data)).flatMap(form -> form.fault(data));
    return data.isEmpty() ? fault.map(_ -> "no data") : fault;
  }

  private static Optional<String> serviceFault(RecordType type, Bytes data) {
    try {
      SvcParams params =
          switch (read(type, data)) {
            case Svcb svcb -> svcb.params();
            case Https https -> https.params();
            default -> SvcParams.EMPTY;
          };
      return params.list().stream()
          .filter(param -> !SvcParam.isAllowed(param))
          .findFirst()
          .map(param -> "bad value of " + param.key());
    } catch (MalformedPacketException e) {
      throw new AssertionError("these data have been read before", e);
    }
  }

  private static Optional<String> missing(String what, int length, int headBytes) {
    return length == headBytes ? Optional.of("no " + what) : Optional.empty();
  }

  /** Bytes whose number depends on their type, the byte before them. */
  private static Optional<String> counted(
      String what, Bytes data, int headBytes, Map<Integer, Integer> lengths) {
    int type = data.at(headBytes - 1);
    int bytes = data.length() - headBytes;
    int wanted = lengths.getOrDefault(type, bytes);
    return bytes == wanted || bytes == 0
        ? missing(what, bytes, 0)
        : Optional.of(what + " of type " + type + " has " + bytes + " bytes, not " + wanted);
  }

  private static Optional<String> keyFault(Bytes data) {
    int algorithm = data.at(KEY_HEAD_BYTES - 1);
    if (algorithm == PRIVATE_DNS && nameEnd(data, KEY_HEAD_BYTES) < 0) {
      return Optional.of("key of algorithm 253 does not begin with a name");
    }
    return missing("key", data.length(), KEY_HEAD_BYTES);
  }

  private static Optional<String> signatureFault(Bytes data) {
    RecordType covered = new RecordType(data.at(0) << 8 | data.at(1));
    return isForZones(covered)
        ? missing("signature", data.length(), nameEnd(data, RRSIG_HEAD_BYTES))
        : Optional.of("no record has the type " + covered + " that it covers");
  }

  /** The signer's name is the owner's or above it, so it has no more labels (RFC 4034, 3.1.3). */
  private static Optional<String> labelsFault(Bytes data) {
    int labels = data.at(RRSIG_LABELS);
    int signerLabels = Name.ofWire(data.toArray(), RRSIG_HEAD_BYTES).labelCount();
    return signerLabels > labels
        ? Optional.of("signer has " + signerLabels + " labels, owner " + labels)
        : Optional.empty();
  }

  private static Optional<String> nsecFault(Bytes data) {
    TypeBitmap types = new TypeBitmap(from(data, nameEnd(data, 0)));
    return types.wire().isEmpty() ? Optional.of("no types") : bitmapFault(types);
  }

  /** Names without records have an NSEC3 without types (RFC 5155, 7.1). */
  private static Optional<String> nsec3Fault(Bytes data) {
    int hash = NSEC3_HEAD_BYTES + 1 + data.at(NSEC3_HEAD_BYTES);
    int hashBytes = data.at(hash);
    if (data.at(0) == SHA_1 && hashBytes != SHA_1_BYTES) {
      return Optional.of("hash of type 1 has " + hashBytes + " bytes, not " + SHA_1_BYTES);
    }
    return bitmapFault(new TypeBitmap(from(data, hash + 1 + hashBytes)));
  }

  private static Optional<String> bitmapFault(TypeBitmap types) {
    return types.types().stream()
        .filter(type -> !isForZones(type) && !isUnnamed(type))
        .findFirst()
        .map(type -> "no record has the type " + type + " among its types");
  }

  /** Types that only queries have, but for those with names, are numbers like others to servers. */
  private static boolean isUnnamed(RecordType type) {
    return type.code() >= FIRST_META_TYPE && type.toString().startsWith("TYPE");
  }

  private static Optional<String> naptrFault(Bytes data) {
    int regexp = RdataBytes.firstName(RecordType.NAPTR.code(), data.toArray(), 0);
    int flags = 4;
    int services = flags + 1 + data.at(flags);
    int start = services + 1 + data.at(services) + 1;
    return NaptrRegexp.fault(data.toText().substring(start, regexp));
  }

  private static Bytes from(Bytes data, int start) {
    return data.slice(start, data.length());
  }

  /** The end of the name that starts at an offset; -1 if there is none. */
  private static int nameEnd(Bytes data, int start) {
    try {
      return start + Name.ofWire(data.toArray(), start).length();
    } catch (IllegalArgumentException _) {
      return -1;
    }
  }
}
