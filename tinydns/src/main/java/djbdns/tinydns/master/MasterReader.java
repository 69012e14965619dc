package djbdns.tinydns.master;

import djbdns.wire.MalformedTextException;
import djbdns.wire.MasterText;
import djbdns.wire.Name;
import djbdns.wire.Rdata;
import djbdns.wire.ResourceRecord;
import djbdns.wire.TextScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a master file and those that it includes, an entry at a time (RFC 1035, 5; RFC 2308, 4; RFC
 * 3597, 5), with BIND's {@code $GENERATE}. Where the RFCs leave something open it is as in BIND: an
 * included file starts with the last owner and gives origin and owner back, while its {@code $TTL}
 * stays. One thread.
 */
public final class MasterReader {
  private static final int MAX_DEPTH = 20;

  /** What UTF-8, and both kinds of UTF-16, begin with on some systems. */
  private static final List<String> BYTE_ORDER_MARKS =
      List.of("\u00ef\u00bb\u00bf", "\u00fe\u00ff", "\u00ff\u00fe");

  private final MasterFiles files;
  private final MasterSink sink;
  private final Lifetimes lifetimes = new Lifetimes();
  private final Deque<String> open = new ArrayDeque<>();
  private Names names;
  private Position position = new Position("", 0);
  private Lifetimes.Origin warnedOf = Lifetimes.Origin.GIVEN;

  /** What names depend on, with the owner's text so that one name after the other costs little. */
  private record Names(Name origin, Optional<Name> owner, String ownerText) {
    Names(Name origin) {
      this(origin, Optional.empty(), "");
    }

    Names withOrigin(Name newOrigin) {
      return new Names(newOrigin, owner, "");
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
   * Reads a file to its end.
   *
   * @param file its name in {@link MasterFiles}
   * @throws IOException if the sink throws it
   * @throws MasterException if the file or one that it includes cannot be read or makes no sense
   */
  public void read(InputStream in, String file) throws IOException, MasterException {
    EntryReader entries = new EntryReader(in, file);
    open.push(file);
    boolean first = true;
    while (entries.next()) {
      position = entries.position();
      try {
        if (first) {
          refuseByteOrderMark(entries.text());
          first = false;
        }
        entry(entries.text());
      } catch (MalformedTextException e) {
        throw new MasterException(position, e.getMessage());
      }
    }
    open.pop();
  }

  /** Editors that write these bytes do not show them, and no other server takes them either. */
  private static void refuseByteOrderMark(String text) throws MalformedTextException {
    for (String mark : BYTE_ORDER_MARKS) {
      if (text.startsWith(mark)) {
        throw new MalformedTextException(
            "file begins with a byte order mark: save it as ASCII, or as UTF-8 without a mark");
      }
    }
  }

  private void entry(String text) throws IOException, MasterException, MalformedTextException {
    TextScanner words = new TextScanner(text);
    if (text.charAt(0) == '$') {
      directive(words);
    } else {
      if (text.charAt(0) != ' ') {
        setOwner(words.next());
      }
      record(EntryHead.parse(words), words.rest());
    }
  }

  private void setOwner(String text) throws MalformedTextException {
    if (!text.equals(names.ownerText)) {
      Name owner = MasterText.parseName(text, names.origin);
      names = new Names(names.origin, Optional.of(owner), text);
    }
  }

  private void record(EntryHead head, String data)
      throws IOException, MasterException, MalformedTextException {
    Name owner =
        names.owner.orElseThrow(() -> new MalformedTextException("first record has no owner"));
    Rdata rdata = Rdata.parse(head.type(), data, names.origin);
    OptionalLong ttl = lifetimes.of(head.ttlSeconds(), rdata);
    warnOfTtl();
    if (ttl.isEmpty()) {
      throw new MalformedTextException("record has no ttl, nor is there one before it");
    }
    sink.record(position, new ResourceRecord(owner, ttlOf31Bits(ttl.getAsLong()), rdata));
  }

  /** What is greater counts as 0 (RFC 2181, 8), as in BIND. */
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
    if (lifetimes.origin() != warnedOf) {
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

  private void directive(TextScanner words)
      throws IOException, MasterException, MalformedTextException {
    String word = words.next();
    switch (word.toUpperCase(Locale.ROOT)) {
      case "$ORIGIN" -> names = names.withOrigin(MasterText.parseName(lastOf(words), names.origin));
      case "$TTL" -> lifetimes.setDefault(ttlOf31Bits(EntryHead.ttl(lastOf(words))));
      case "$INCLUDE" -> include(words);
      case "$GENERATE" -> generate(words);
      default -> throw new MalformedTextException("unknown directive: " + word);
    }
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
      names = outer.withOrigin(origin);
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
      throw new MasterException(position, "unable to open " + name, e);
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
      throw new MasterException(position, "unable to open " + file, e);
    }
  }

  /** The data may be in quotes, as in BIND. */
  private void generate(TextScanner words)
      throws IOException, MasterException, MalformedTextException {
    GeneratedRange range = GeneratedRange.parse(words.next());
    RangeTemplate owners = new RangeTemplate(words.next());
    EntryHead head = EntryHead.parse(words);
    words.hasMore();
    RangeTemplate data =
        new RangeTemplate(words.atQuote() ? lastOf(words).replace("\\\"", "\"") : words.rest());
    Names outer = names;
    for (long i = range.start(); i <= range.stop(); i += range.step()) {
      setOwner(owners.at((int) i));
      record(head, data.at((int) i));
    }
    names = outer;
  }
}
