package djbdns.tools.odd;

import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells right answers from wrong ones. */
interface Expected {
  /**
   * What is wrong with a response, in a few words; nothing if it is right.
   *
   * @param domain the scenario's, to which names in expectations are relative
   */
  Optional<String> fault(Message response, String domain);

  private static Optional<String> faultUnless(boolean isRight, String fault) {
    return isRight ? Optional.empty() : Optional.of(fault);
  }

  private static List<ResourceRecord> records(Message response, String type) {
    RecordType wanted = RecordType.parse(type).orElseThrow();
    return response.answers().stream().filter(one -> one.type().equals(wanted)).toList();
  }

  private static Expected rcode(Rcode rcode) {
    return (response, domain) -> faultUnless(response.rcode().equals(rcode), "");
  }

  /** Both. */
  default Expected and(Expected other) {
    return (response, domain) -> fault(response, domain).or(() -> other.fault(response, domain));
  }

  /** One of both. */
  default Expected or(Expected other) {
    return (response, domain) ->
        fault(response, domain).flatMap(fault -> other.fault(response, domain).map(x -> fault));
  }

  /** Exactly these data of a type, in any order and letter case, behind whatever aliases. */
  static Expected data(String type, String... data) {
    Set<String> wanted = Set.of(data);
    return rcode(Rcode.NOERROR)
        .and((response, domain) -> {
          Set<String> found =
              records(response, type).stream()
                  .map(one -> one.rdata().toString().toLowerCase(Locale.ROOT))
                  .collect(Collectors.toSet());
          return faultUnless(found.equals(wanted), found.isEmpty() ? "empty" : found.toString());
        });
  }

  static Expected address(String... addresses) {
    return data("A", addresses);
  }

  /** So many different records of a type. */
  static Expected count(String type, int count) {
    return rcode(Rcode.NOERROR)
        .and((response, domain) -> {
          int found = new HashSet<>(records(response, type)).size();
          return faultUnless(found == count, found + " of " + count + " records");
        });
  }

  /** So many bytes of text in one TXT record. */
  static Expected textBytes(int bytes) {
    return rcode(Rcode.NOERROR)
        .and((response, domain) -> {
          int found =
              records(response, "TXT").stream()
                  .mapToInt(one -> one.rdata().toWire().length())
                  .sum();
          return faultUnless(found == bytes, found + " of " + bytes + " bytes");
        });
  }

  /** The name exists, but not with this type. */
  static Expected noData() {
    return rcode(Rcode.NOERROR)
        .and((response, domain) -> faultUnless(response.answers().isEmpty(), "records"));
  }

  static Expected nxdomain() {
    return rcode(Rcode.NXDOMAIN);
  }

  static Expected servfail() {
    return rcode(Rcode.SERVFAIL);
  }

  static Expected yxdomain() {
    return rcode(Rcode.YXDOMAIN);
  }

  /** The answer section has so many records of a type, each once; the code may be any. */
  static Expected once(String type, int count) {
    return (response, domain) -> {
      List<ResourceRecord> found = records(response, type);
      boolean isRight = found.size() == count && new HashSet<>(found).size() == count;
      return faultUnless(isRight, found.size() + " " + type + " records, not " + count);
    };
  }

  /** No capitals, neither in owners nor in data. */
  static Expected smallLetters() {
    return (response, domain) ->
        response.answers().stream()
            .map(ResourceRecord::toString)
            .map(text -> text.replaceAll(" [0-9]+ IN [A-Z0-9]+ ", " "))
            .filter(text -> !text.equals(text.toLowerCase(Locale.ROOT)))
            .findFirst();
  }
}
