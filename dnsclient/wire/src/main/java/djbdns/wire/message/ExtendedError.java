package djbdns.wire.message;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An extended error (RFC 8914), which says why a response code is what it is.
 *
 * @param code the info code
 * @param text what the server adds for people; often nothing
 */
public record ExtendedError(int code, String text) {
  public static final int OTHER = 0;

  /** The failure itself was remembered. */
  public static final int CACHED_ERROR = 13;

  /** The server lacks something that it needs to answer. */
  public static final int NOT_READY = 14;

  /** An answer was kept back on purpose. */
  public static final int FILTERED = 17;

  /** The client is not welcome. */
  public static final int PROHIBITED = 18;

  public static final int NOT_SUPPORTED = 21;

  /** No server of the zone gave an answer that counts. */
  public static final int NO_REACHABLE_AUTHORITY = 22;

  /** Not even a packet came back. */
  public static final int NETWORK_ERROR = 23;

  private static final int CODE_BYTES = 2;

  /** By code, as the registry of extended error codes has them. */
  private static final List<String> MEANINGS =
      List.of(
          "Other Error",
          "Unsupported DNSKEY Algorithm",
          "Unsupported DS Digest Type",
          "Stale Answer",
          "Forged Answer",
          "DNSSEC Indeterminate",
          "DNSSEC Bogus",
          "Signature Expired",
          "Signature Not Yet Valid",
          "DNSKEY Missing",
          "RRSIGs Missing",
          "No Zone Key Bit Set",
          "NSEC Missing",
          "Cached Error",
          "Not Ready",
          "Blocked",
          "Censored",
          "Filtered",
          "Prohibited",
          "Stale NXDOMAIN Answer",
          "Not Authoritative",
          "Not Supported",
          "No Reachable Authority",
          "Network Error",
          "Invalid Data",
          "Signature Expired before Valid",
          "Too Early",
          "Unsupported NSEC3 Iterations Value",
          "Unable to conform to policy",
          "Synthesized",
          "Invalid Query Type");

  public ExtendedError {
    Codes.checkU16(code);
  }

  /** All of an OPT record, in their order; options that are too short for a code are left out. */
  public static List<ExtendedError> of(Edns edns) {
    List<ExtendedError> errors = new ArrayList<>();
    for (EdnsOption option : edns.options()) {
      Bytes data = option.data();
      if (option.code() == EdnsOption.EDE && data.length() >= CODE_BYTES) {
        byte[] bytes = data.toArray();
        String text =
            new String(bytes, CODE_BYTES, bytes.length - CODE_BYTES, StandardCharsets.UTF_8);
        errors.add(new ExtendedError(data.at(0) << Byte.SIZE | data.at(1), withoutEnd(text)));
      }
    }
    return errors;
  }

  /** Some servers send the zero byte of their language's strings (RFC 8914, 2). */
  private static String withoutEnd(String text) {
    return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
  }

  /** The registered purpose of the code; {@code Unassigned} if there is none. */
  public String meaning() {
    return code < MEANINGS.size() ? MEANINGS.get(code) : "Unassigned";
  }
}
