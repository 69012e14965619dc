package djbdns.master;

import djbdns.wire.MalformedTextException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of one master file: lines, or what parentheses make one line of several (RFC 1035,
 * 5.1). Comments are left out, and parentheses and line ends inside of an entry are blanks; quotes
 * and escapes are as they were. Empty lines are no entries. As in BIND and NSD a carriage return
 * ends a line, but not in quotes and comments. Behind an entry that makes no sense it goes on with
 * the next one. One thread.
 */
final class EntryReader {
  /** 65535 bytes of data, each as {@code \DDD}, and four times that. */
  private static final int ENTRY_BYTES = 1 << 20;

  private static final int END = -1;

  /** The beginning of a comment that is the rest of a text without quotes. */
  private static final Pattern TAG = Pattern.compile("[ \t]*([0-9A-Za-z_-]{1,32})[ \t]*=");

  /** The beginning of a comment that stands directly behind a word. */
  private static final Pattern WORD = Pattern.compile("[ \t]*([0-9A-Za-z_+/=.-]{1,32})");

  private static final int TAG_BYTES = 64;

  private final InputStream in;
  private final String file;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int limit;
  private byte[] entry = new byte[512];
  private int length;
  private boolean hasWords;
  private int depth;
  private long line = 1;
  private long firstLine;
  private Optional<HiddenText> hiddenText = Optional.empty();
  private Optional<String> fault = Optional.empty();
  private boolean isUnreadable;

  EntryReader(InputStream in, String file) {
    this.in = in;
    this.file = file;
  }

  /** The position where the current entry starts. */
  Position position() {
    return new Position(file, firstLine);
  }

  /** The current entry, a character of ISO 8859-1 for each byte. */
  String text() {
    return new String(entry, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** The first comment of the entry that looks like a part of a text, if there is one. */
  Optional<HiddenText> hiddenText() {
    return hiddenText;
  }

  /** Why the current entry makes no sense; its text is then what stands before that. */
  Optional<String> fault() {
    return fault;
  }

  /**
   * Goes to the next entry; false after the last one.
   *
   * @throws MasterException if the file cannot be read
   */
  boolean next() throws MasterException {
    if (fault.isPresent()) {
      skipRest();
    }
    start();
    try {
      return scan();
    } catch (MalformedTextException e) {
      fault = Optional.of(e.getMessage());
      return true;
    }
  }

  private boolean scan() throws MasterException, MalformedTextException {
    while (true) {
      int c = read();
      switch (c) {
        case END -> {
          if (depth > 0) {
            throw new MalformedTextException("parenthesis is never closed");
          }
          return hasWords;
        }
        case '\n', '\r' -> {
          line++;
          if (c == '\r') {
            skipNewline();
          }
          if (depth > 0) {
            append(' ');
          } else if (hasWords) {
            return true;
          } else {
            start();
          }
        }
        case ';' -> skipComment();
        case '"' -> quoted();
        case '\\' -> escape();
        case '(' -> open();
        case ')' -> close();
        case ' ', '\t' -> append(' ');
        default -> word(c);
      }
    }
  }

  private void start() {
    length = 0;
    hasWords = false;
    depth = 0;
    firstLine = line;
    hiddenText = Optional.empty();
    fault = Optional.empty();
  }

  /** The rest of the line, and the lines that seem to belong to its parentheses. */
  private void skipRest() throws MasterException {
    skipLine();
    while (depth > 0 && isNextPartOfEntry()) {
      skipLine();
    }
  }

  private void skipLine() throws MasterException {
    int c = read();
    while (c != '\n' && c != '\r' && c != END) {
      c = read();
    }
    line++;
    if (c == '\r') {
      skipNewline();
    }
  }

  /** Entries begin with an owner or a directive where people write them with parentheses. */
  private boolean isNextPartOfEntry() throws MasterException {
    int c = read();
    unread(c);
    return c != END && " \t\r\n;)\"".indexOf(c) >= 0;
  }

  private void open() throws MalformedTextException {
    depth++;
    // At the very start it is no blank: the entry has an owner of its own.
    if (length > 0) {
      append(' ');
    }
  }

  private void close() throws MalformedTextException {
    if (--depth < 0) {
      throw new MalformedTextException("parenthesis was never opened");
    }
    append(' ');
  }

  private void word(int c) throws MalformedTextException {
    hasWords = true;
    append(c);
  }

  private void skipComment() throws MasterException {
    boolean mayHide = hasWords && hiddenText.isEmpty();
    StringBuilder start = new StringBuilder();
    int c = read();
    while (c != '\n' && c != END) {
      if (mayHide && start.length() < TAG_BYTES) {
        start.append((char) c);
      }
      c = read();
    }
    unread(c);
    if (mayHide) {
      hiddenText =
          firstHidden(start.toString())
              .map(hidden -> new HiddenText(new Position(file, line), hidden, length));
    }
  }

  /** Behind a blank, and behind what is in quotes, people write remarks. */
  private Optional<String> firstHidden(String comment) {
    boolean isQuoted = endsInQuotes();
    Matcher tag = TAG.matcher(comment);
    if (!isQuoted && tag.lookingAt()) {
      return Optional.of(tag.group(1) + "=");
    }
    boolean isRemark = isQuoted && (comment.startsWith(" ") || comment.startsWith("\t"));
    Matcher word = WORD.matcher(comment);
    return entry[length - 1] != ' ' && !isRemark && word.lookingAt()
        ? Optional.of(word.group(1))
        : Optional.empty();
  }

  private boolean endsInQuotes() {
    int last = length - 1;
    while (last > 0 && entry[last] == ' ') {
      last--;
    }
    return entry[last] == '"';
  }

  /** A forgotten quote would swallow the entries that follow, so strings end on their line. */
  private void quoted() throws MasterException, MalformedTextException {
    word('"');
    int c = read();
    while (c != '"') {
      if (c == '\\') {
        escapeInQuotes();
      } else if (c == '\n' || c == END) {
        unread(c);
        throw new MalformedTextException("quote is not closed on its line");
      } else {
        append(c);
      }
      c = read();
    }
    append('"');
  }

  /** There a line end can be escaped like any character, and belongs to the string. */
  private void escapeInQuotes() throws MasterException, MalformedTextException {
    int c = read();
    if (c == END) {
      throw new MalformedTextException("quote is not closed on its line");
    }
    line += c == '\n' ? 1 : 0;
    append('\\');
    append(c);
  }

  private void escape() throws MasterException, MalformedTextException {
    int c = read();
    if (c == '\n' || c == END) {
      unread(c);
      throw new MalformedTextException("backslash at the end of a line");
    }
    word('\\');
    append(c);
  }

  private void append(int c) throws MalformedTextException {
    if (length == entry.length) {
      if (length == ENTRY_BYTES) {
        throw new MalformedTextException("entry is longer than " + ENTRY_BYTES + " bytes");
      }
      entry = Arrays.copyOf(entry, 2 * length);
    }
    entry[length++] = (byte) c;
  }

  /** A newline behind a carriage return ends no other line. */
  private void skipNewline() throws MasterException {
    int c = read();
    if (c != '\n') {
      unread(c);
    }
  }

  private int read() throws MasterException {
    return next == limit && !fill() ? END : buffer[next++] & 0xff;
  }

  private boolean fill() throws MasterException {
    if (isUnreadable) {
      return false;
    }
    try {
      next = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      return limit > 0;
    } catch (IOException e) {
      isUnreadable = true;
      limit = 0;
      throw new MasterException(position(), "unable to read", e);
    }
  }

  private void unread(int c) {
    if (c != END) {
      next--;
    }
  }
}
