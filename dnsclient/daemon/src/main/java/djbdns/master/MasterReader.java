package djbdns.master;

import djbdns.wire.AddressText;
import djbdns.wire.Excerpt;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.TextScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a master file and those that it includes, an entry at a time (RFC 1035, 5; RFC 2308, 4; RFC
 * 3597, 5), with BIND's {@code $GENERATE}. Where the RFCs leave something open it is as in BIND: an
 * included file starts with the last owner and gives origin and owner back, while its {@code $TTL}
 * stays. Behind something that is wrong it goes on with the next entry, and says nothing of what
 * only follows from it, such as a record without an owner. One thread.
 */
public final class MasterReader {
  private static final int MAX_DEPTH = 20;

  /** More help nobody. */
  private static final int MAX_ERRORS = 20;

  private static final Pattern HOST = Pattern.compile("[A-Za-z][0-9A-Za-z._-]*");

  private static final Set<String> FREE_TEXT = Set.of("TXT", "SPF");

  private final MasterFiles files;
  private final MasterSink sink;
  private final Lifetimes lifetimes = new Lifetimes();
  private final Deque<String> open = new ArrayDeque<>();
  private Names names;
  private Position position = new Position("", 0);
  private Lifetimes.Origin warnedOf = Lifetimes.Origin.GIVEN;
  private int errors;

  /**
   * The state that names depend on, with the owner's text so that one name after the other costs
   * little.
   *
   * @param isKnown false behind an origin that makes no sense
   */
  private record Names(Name origin, boolean isKnown, Optional<Name> owner, String ownerText) {
    Names(Name origin) {
      this(origin, true, Optional.empty(), "");
    }

    Names withOrigin(Name newOrigin, boolean isNewKnown) {
      return new Names(newOrigin, isNewKnown, owner, "");
    }

    Names withOwner(Name newOwner, String text) {
      return new Names(origin, isKnown, Optional.of(newOwner), text);
    }

    Names withoutOwner() {
      return new Names(origin, isKnown, Optional.empty(), "");
    }
  }

  /**
   * A reader for the files of one zone.
   *
   * @param origin what names without a trailing dot end in at first
   */
  public MasterReader(MasterFiles files, Name origin, MasterSink sink) {
    this.files = files;
    this.sink = sink;
    names = new Names(origin);
  }

  /**
   * Reads a file to its end, or to the last error that is reported.
   *
   * @param file its name in {@link MasterFiles}
   * @throws IOException if the sink throws it
   */
  public void read(InputStream in, String file) throws IOException {
    EntryReader entries = new EntryReader(in, file);
    open.push(file);
    boolean more = true;
    boolean isFirst = true;
    while (more && !hasMoreErrors()) {
      try {
        more = entries.next();
        Optional<String> foreign =
            more && isFirst ? ForeignFile.fault(entries.text()) : Optional.empty();
        if (foreign.isPresent()) {
          more = false;
          throw new MalformedTextException(foreign.get());
        }
        isFirst = false;
        if (more) {
          entry(entries);
        }
      } catch (MalformedTextException e) {
        fail(new MasterException(entries.position(), e.getMessage()));
      } catch (MasterException e) {
        fail(e);
      }
    }
    open.pop();
  }

  /** True if anything was wrong. */
  public boolean hasErrors() {
    return errors > 0;
  }

  /** True if there were more errors than are reported; the rest of the files has not been read. */
  public boolean hasMoreErrors() {
    return errors > MAX_ERRORS;
  }

  private void fail(MasterException error) {
    errors++;
    if (!hasMoreErrors()) {
      sink.error(error);
    }
  }

  private void entry(EntryReader entries)
      throws IOException, MasterException, MalformedTextException {
    position = entries.position();
    String text = entries.text();
    boolean isDirective = text.startsWith("$");
    boolean hasOwner = !isDirective && !text.startsWith(" ");
    if (entries.fault().isPresent()) {
      names = hasOwner ? names.withoutOwner() : names;
      throw new MalformedTextException(entries.fault().get());
    }
    TextScanner words = new TextScanner(text);
    if (isDirective) {
      directive(words, text, entries.hiddenText());
      return;
    }
    if (hasOwner) {
      setOwner(words.next());
    }
    EntryHead head = EntryHead.parse(words);
    record(head, words.rest());
    warnOfHiddenText(head.type(), text, words.rest(), entries.hiddenText());
  }

  private void setOwner(String text) throws MalformedTextException {
    if (!text.equals(names.ownerText)) {
      names = names.withoutOwner();
      Name owner = MasterText.parseName(text, names.origin);
      names = names.isKnown ? names.withOwner(owner, text) : names;
    }
  }

  /** Owner and TTL may be missing because of an error before. */
  private void record(EntryHead head, String data)
      throws IOException, MasterException, MalformedTextException {
    if (names.owner.isEmpty() && !hasErrors()) {
      throw new MalformedTextException("first record has no owner");
    }
    Rdata rdata = data(head.type(), data);
    OptionalLong ttl = lifetimes.of(head.ttlSeconds(), rdata);
    if (ttl.isEmpty() && !hasErrors()) {
      throw new MalformedTextException("record has no ttl, nor is there one before it");
    }
    warnOfTtl();
    if (names.owner.isPresent() && names.isKnown && ttl.isPresent()) {
      long ttlSeconds = ttlOf31Bits(ttl.getAsLong());
      sink.record(position, new ResourceRecord(names.owner.get(), ttlSeconds, rdata));
    }
  }

  private Rdata data(RecordType type, String text) throws MalformedTextException {
    try {
      return Rdata.parse(type, text, names.origin);
    } catch (MalformedTextException e) {
      throw new MalformedTextException(type + ": " + e.getMessage() + hint(type, text));
    }
  }

  /** Which type has such data as those that an A record has not. */
  private static String hint(RecordType type, String text) {
    if (!type.equals(RecordType.A)) {
      return "";
    }
    if (AddressText.parseIpv6(text.strip()).isPresent()) {
      return "; AAAA has IPv6 addresses";
    }
    return HOST.matcher(text.strip()).matches() ? "; CNAME has names" : "";
  }

  /** Whoever forgets the quotes of such a text finds the half of it missing much later. */
  private void warnOfHiddenText(
      RecordType type, String entry, String data, Optional<HiddenText> hidden) {
    if (hidden.isPresent() && FREE_TEXT.contains(type.toString())) {
      int start = entry.length() - data.length();
      int end = hidden.get().end();
      if (start < end && !entry.substring(start, end).isBlank()) {
        sink.warn(
            hidden.get().position(),
            type
                + ": "
                + hidden.get().start()
                + " is left out: a semicolon without quotes starts a comment");
      }
    }
  }

  /** A greater TTL counts as 0 (RFC 2181, 8), as in BIND. */
  private long ttlOf31Bits(long ttlSeconds) {
    if (ttlSeconds <= ResourceRecord.TTL_MAX_SECONDS) {
      return ttlSeconds;
    }
    sink.warn(
        position, "ttl above " + ResourceRecord.TTL_MAX_SECONDS + " counts as 0: " + ttlSeconds);
    return 0;
  }

  /** Once for each of the ways. */
  private void warnOfTtl() {
    if (lifetimes.origin() != warnedOf && !hasErrors()) {
      switch (lifetimes.origin()) {
        case GIVEN, NOWHERE -> {
          return;
        }
        case PREVIOUS_RECORD -> sink.warn(position, "no ttl and no $TTL: that of a record before");
        case SOA_MINIMUM -> sink.warn(position, "no ttl and no $TTL: the minimum of the SOA");
      }
      warnedOf = lifetimes.origin();
    }
  }

  private void directive(TextScanner words, String entry, Optional<HiddenText> hidden)
      throws IOException, MasterException, MalformedTextException {
    String word = words.next();
    String name = word.toUpperCase(Locale.ROOT);
    switch (name) {
      case "$ORIGIN", "$TTL", "$INCLUDE", "$GENERATE" -> {
        if (!words.hasMore()) {
          throw new MalformedTextException("nothing follows " + name);
        }
      }
      default -> throw new MalformedTextException("unknown directive: " + word);
    }
    switch (name) {
      case "$ORIGIN" -> setOrigin(words);
      case "$TTL" -> lifetimes.setDefault(ttlOf31Bits(EntryHead.ttl(lastOf(words))));
      case "$INCLUDE" -> include(words);
      default -> generate(words, entry, hidden);
    }
  }

  private void setOrigin(TextScanner words) throws MalformedTextException {
    boolean wasKnown = names.isKnown;
    names = names.withOrigin(names.origin, false);
    String text = lastOf(words);
    Name origin = MasterText.parseName(text, names.origin);
    names = names.withOrigin(origin, wasKnown || text.endsWith("."));
  }

  /** The next word, which must be the last. */
  private static String lastOf(TextScanner words) throws MalformedTextException {
    String word = words.next();
    if (words.hasMore()) {
      throw new MalformedTextException("more than belongs there: " + words.next());
    }
    return word;
  }

  private void include(TextScanner words)
      throws IOException, MasterException, MalformedTextException {
    String name = words.next();
    if (name.isEmpty()) {
      throw new MalformedTextException("$INCLUDE names no file");
    }
    Name origin = names.origin;
    if (words.hasMore()) {
      origin = MasterText.parseName(lastOf(words), origin);
    }
    if (open.size() > MAX_DEPTH) {
      throw new MalformedTextException("files are included more than " + MAX_DEPTH + " deep");
    }
    Position here = position;
    Names outer = names;
    String file = resolve(name);
    try (InputStream in = open(file)) {
      names = outer.withOrigin(origin, outer.isKnown);
      read(in, file);
    }
    names = outer;
    position = here;
  }

  private String resolve(String name) throws MasterException, MalformedTextException {
    String file;
    try {
      file = files.resolve(open.element(), name);
    } catch (IOException e) {
      throw new MasterException(position, "unable to open " + Excerpt.of(name), e);
    }
    if (open.contains(file)) {
      throw new MalformedTextException("file includes itself: " + name);
    }
    return file;
  }

  private InputStream open(String file) throws MasterException {
    try {
      return files.open(file);
    } catch (IOException e) {
      throw new MasterException(position, "unable to open " + Excerpt.of(file), e);
    }
  }

  /** The data may be in quotes, as in BIND. */
  private void generate(TextScanner words, String entry, Optional<HiddenText> hidden)
      throws IOException, MasterException, MalformedTextException {
    GeneratedRange range = GeneratedRange.parse(words.next());
    if (!words.hasMore()) {
      throw new MalformedTextException("nothing follows the range");
    }
    RangeTemplate owners = new RangeTemplate(words.next());
    EntryHead head = EntryHead.parse(words);
    words.hasMore();
    String rest = words.rest();
    RangeTemplate data =
        new RangeTemplate(words.atQuote() ? lastOf(words).replace("\\\"", "\"") : rest);
    Names outer = names;
    try {
      for (long i = range.start(); i <= range.stop(); i += range.step()) {
        setOwner(owners.at((int) i));
        record(head, data.at((int) i));
      }
    } finally {
      names = outer;
    }
    warnOfHiddenText(head.type(), entry, rest, hidden);
  }
}
