package djbdns.tinydns.master;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The entries of one master file: lines, or what parentheses make one line of several (RFC 1035,
 * 5.1). Comments are left out, and parentheses and line ends inside of an entry are blanks; quotes
 * and escapes are as they were. Empty lines are no entries. As in BIND and NSD a carriage return
 * ends a line, but not in quotes and comments. One thread.
 */
final class EntryReader {
  /** 65535 bytes of data, each as {@code \DDD}, and four times that. */
  private static final int ENTRY_BYTES = 1 << 20;

  private static final int END = -1;

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

  EntryReader(InputStream in, String file) {
    this.in = in;
    this.file = file;
  }

  /** Where the current entry starts. */
  Position position() {
    return new Position(file, firstLine);
  }

  /** The current entry, a character of ISO 8859-1 for each byte. */
  String text() {
    return new String(entry, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Goes to the next entry; false after the last one. */
  boolean next() throws MasterException {
    start();
    while (true) {
      int c = read();
      switch (c) {
        case END -> {
          if (depth > 0) {
            throw error("parenthesis is never closed");
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
  }

  private void open() throws MasterException {
    depth++;
    // At the very start it is no blank: the entry has an owner of its own.
    if (length > 0) {
      append(' ');
    }
  }

  private void close() throws MasterException {
    if (--depth < 0) {
      throw error("parenthesis was never opened");
    }
    append(' ');
  }

  private void word(int c) throws MasterException {
    hasWords = true;
    append(c);
  }

  private void skipComment() throws MasterException {
    int c = read();
    while (c != '\n' && c != END) {
      c = read();
    }
    unread(c);
  }

  /** A forgotten quote would swallow the entries that follow, so strings end on their line. */
  private void quoted() throws MasterException {
    word('"');
    int c = read();
    while (c != '"') {
      if (c == '\\') {
        escapeInQuotes();
      } else if (c == '\n' || c == END) {
        throw error("quote is not closed on its line");
      } else {
        append(c);
      }
      c = read();
    }
    append('"');
  }

  /** There a line end can be escaped like any character, and belongs to the string. */
  private void escapeInQuotes() throws MasterException {
    int c = read();
    if (c == END) {
      throw error("quote is not closed on its line");
    }
    line += c == '\n' ? 1 : 0;
    append('\\');
    append(c);
  }

  private void escape() throws MasterException {
    int c = read();
    if (c == '\n' || c == END) {
      throw error("backslash at the end of a line");
    }
    word('\\');
    append(c);
  }

  private void append(int c) throws MasterException {
    if (length == entry.length) {
      if (length == ENTRY_BYTES) {
        throw error("entry is longer than " + ENTRY_BYTES + " bytes");
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
    try {
      next = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      return limit > 0;
    } catch (IOException e) {
      throw new MasterException(position(), "unable to read", e);
    }
  }

  private void unread(int c) {
    if (c != END) {
      next--;
    }
  }

  private MasterException error(String what) {
    return new MasterException(position(), what);
  }
}
