package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.List;

/**
 * SOA records that no answer has, since each answer has the first that it finds. They may differ in
 * the name of the server alone: each {@code .} line makes one.
 */
final class SecondSoaCheck implements Check {
  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (entries.size() < 2) {
      return;
    }
    FirstMet<Bytes> seen = new FirstMet<>();
    for (Entry entry : entries) {
      if (entry.is(RecordType.SOA)) {
        Bytes rest = Targets.soaBehindServer(entry);
        seen.firstUnlike(entry.audience(), rest)
            .filter(before -> before.audience().covers(entry.audience()))
            .ifPresent(before -> findings.add(finding(name, entry, before)));
        seen.add(entry, rest);
      }
    }
  }

  private static Finding finding(Name name, Entry entry, Entry before) {
    return new Finding(
        entry.line(),
        Targets.describe(entry, name) + " is never served: line " + before.line() + " has another");
  }
}
