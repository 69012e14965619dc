package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.List;
import java.util.Optional;

/** Finds data of zones that cannot work: mail boxes that are no names, and signatures. */
final class ZoneCheck implements Check {
  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    boolean isZone = false;
    Optional<Entry> key = Optional.empty();
    for (Entry entry : entries) {
      Targets.mailBox(entry)
          .filter(ZoneCheck::hasAt)
          .ifPresent(box -> findings.add(mailBox(name, entry, box)));
      isZone |= entry.is(RecordType.SOA);
      key = key.isEmpty() && entry.is(RecordType.DNSKEY) ? Optional.of(entry) : key;
    }
    if (isZone && key.isPresent()) {
      findings.add(
          new Finding(
              key.get().line(),
              Targets.describe(key.get(), name)
                  + ": a DS in the zone above would make answers bogus, since tinydns cannot prove"
                  + " that something does not exist"));
    }
  }

  private static boolean hasAt(Name box) {
    for (int i = 0; i < box.length(); i++) {
      if (box.byteAt(i) == '@') {
        return true;
      }
    }
    return false;
  }

  private static Finding mailBox(Name name, Entry entry, Name box) {
    return new Finding(
        entry.line(),
        Targets.describe(entry, name) + " has the mail box " + box + ": a dot stands for @");
  }
}
