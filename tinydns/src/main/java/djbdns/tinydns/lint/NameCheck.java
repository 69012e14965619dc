package djbdns.tinydns.lint;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Names that hardly are what their author means. */
final class NameCheck implements Check {
  /** Above the names of addresses. */
  static final Name ARPA = Name.ofWire(new byte[] {4, 'a', 'r', 'p', 'a', 0}, 0);

  /** The one host of one label that everybody has (RFC 6761, 6.3). */
  private static final Name LOCALHOST =
      Name.ofWire(new byte[] {9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0}, 0);

  /** An IPv6 address with an IPv4 address at its end. */
  private static final int ADDRESS_CHARS = 45;

  private static final int IPV4_LABELS = 4;
  private static final int OCTET_DIGITS = 3;

  private final NameTree tree;

  NameCheck(NameTree tree) {
    this.tree = tree;
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    boolean isOwn = false;
    for (Entry entry : entries) {
      if (!entry.implied()) {
        if (!isOwn) {
          isOwn = true;
          twice(name)
              .ifPresent(end -> findings.add(finding(name, entry, " has " + end + " twice")));
        }
        if (entry.is(RecordType.TXT) && isInQuotes(entry.data())) {
          findings.add(
              finding(
                  name, entry, " begins and ends with a quote: the quotes are part of the text"));
        }
        Targets.named(entry)
            .filter(target -> !target.equals(name))
            .flatMap(target -> problem(name, entry, target).map(problem -> target + ", " + problem))
            .ifPresent(problem -> findings.add(finding(name, entry, " names " + problem)));
      }
    }
  }

  /** True if the whole text, of however many strings, begins and ends with a quote. */
  private static boolean isInQuotes(Bytes data) {
    int last = data.length() - 1;
    return data.length() > 2 && data.at(0) > 1 && data.at(1) == '"' && data.at(last) == '"';
  }

  private static Finding finding(Name name, Entry entry, String what) {
    return new Finding(entry.line(), Targets.describe(entry, name) + what);
  }

  private Optional<String> problem(Name owner, Entry entry, Name target) {
    if (isAddress(target)) {
      return Optional.of("an address, which is no name");
    }
    if (entry.is(RecordType.PTR) && owner.isWithin(ARPA) && target.isWithin(ARPA)) {
      return Optional.of("which is no name of a host");
    }
    if (target.labelCount() == 1
        && !target.equals(LOCALHOST)
        && tree.placeOf(target) == NameTree.Place.OUTSIDE) {
      return Optional.of("which has one label: names in data are whole");
    }
    return twice(target).map(end -> "which has " + end + " twice");
  }

  /** True if the first labels of a longer name are those of an IPv4 address. */
  static boolean beginsWithAddress(Name name) {
    return name.labelCount() > IPV4_LABELS && hasNumbersFirst(name);
  }

  private static boolean isAddress(Name name) {
    return (name.labelCount() == IPV4_LABELS && hasNumbersFirst(name))
        || isIpv6(text(name).replace('_', ':'));
  }

  /** True if the first four labels are numbers; there are as many. */
  private static boolean hasNumbersFirst(Name name) {
    byte[] wire = name.toWire();
    int at = 0;
    for (int i = 0; i < IPV4_LABELS; i++) {
      int end = at + 1 + wire[at];
      if (wire[at] > OCTET_DIGITS) {
        return false;
      }
      for (int j = at + 1; j < end; j++) {
        if (wire[j] < '0' || wire[j] > '9') {
          return false;
        }
      }
      at = end;
    }
    return true;
  }

  /** The labels as they are, with dots between them. */
  private static String text(Name name) {
    byte[] wire = name.toWire();
    StringBuilder text = new StringBuilder();
    for (int i = 0; wire[i] != 0; i += 1 + wire[i]) {
      String label = new String(wire, i + 1, wire[i], StandardCharsets.ISO_8859_1);
      text.append(text.isEmpty() ? "" : ".").append(label);
    }
    return text.toString();
  }

  /** True if a text is an address with colons, or as some data lines have it. */
  private static boolean isIpv6(String text) {
    boolean isFlat =
        text.length() == 2 * AddressText.IPV6_BYTES && text.chars().allMatch(HexFormat::isHexDigit);
    return isFlat || (text.length() <= ADDRESS_CHARS && AddressText.parseIpv6(text).isPresent());
  }

  /** A name in a zone of this file that is twice at the end of this name. */
  private Optional<Name> twice(Name name) {
    int labels = name.labelCount();
    for (int half = 2; 2 * half <= labels; half++) {
      Name end = name.suffix(half);
      if (isTwice(name.suffix(2 * half), end) && tree.placeOf(end) == NameTree.Place.ZONE) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  private static boolean isTwice(Name name, Name end) {
    int length = end.length() - 1;
    return name.length() == 2 * length + 1
        && NameBytes.equalIgnoreCase(name.toWire(), 0, end.toWire(), 0, length);
  }
}
