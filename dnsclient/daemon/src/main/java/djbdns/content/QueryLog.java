package djbdns.content;

import djbdns.server.Client;
import djbdns.server.LineBuffer;
import djbdns.wire.NameBytes;
import org.slf4j.Logger;

/**
 * One line per packet, as qlog.c writes it: {@code IP:PORT:ID MARK TYPE NAME}, numbers in
 * hexadecimal, the name in small letters with other bytes than {@code [a-z0-9_-]} in octal. An IPv6
 * address has 32 digits. Belongs to one thread.
 */
public final class QueryLog {
  /** The outcomes of a packet. */
  public enum Mark {
    ANSWERED('+'),
    NOT_ANSWERED('-'),
    NOT_IMPLEMENTED('I'),
    WEIRD_CLASS('C'),
    UNPARSABLE('/');

    private final char sign;

    Mark(char sign) {
      this.sign = sign;
    }
  }

  private static final byte[] ROOT = {0};

  private final boolean enabled;
  private final boolean marks;
  private final LineBuffer lines;

  /** A log, or none if it is not enabled. */
  public QueryLog(Logger logger, boolean enabled) {
    this(logger, enabled, true);
  }

  private QueryLog(Logger logger, boolean enabled, boolean marks) {
    this.enabled = enabled;
    this.marks = marks;
    lines = new LineBuffer(logger);
  }

  /** As axfrdns has it: without a mark, and with no line for a packet that cannot be read. */
  public static QueryLog withoutMarks(Logger logger, boolean enabled) {
    return new QueryLog(logger, enabled, false);
  }

  /** A packet without a readable question. */
  public void unparsable(Client client) {
    if (marks) {
      line(client, 0, Mark.UNPARSABLE, 0, ROOT);
    }
  }

  /** A packet with a question; the name is in wire form. */
  public void line(Client client, int id, Mark mark, int type, byte[] name) {
    if (!enabled) {
      return;
    }
    appendClient(client);
    lines.append(':');
    lines.appendHex(id, 4);
    lines.append(' ');
    if (marks) {
      lines.append(mark.sign);
      lines.append(' ');
    }
    lines.appendHex(type, 4);
    lines.append(' ');
    appendName(name);
    lines.endLine();
  }

  /** A client that is not served: {@code deny IP:PORT}. */
  public void denied(Client client) {
    lines.append("deny ");
    appendClient(client);
    lines.endLine();
  }

  private void appendClient(Client client) {
    byte[] address = client.address();
    for (int i = 0; i < client.addressLength(); i++) {
      lines.appendHex(address[i], 2);
    }
    lines.append(':');
    lines.appendHex(client.port(), 4);
  }

  private void appendName(byte[] name) {
    if (name[0] == 0) {
      lines.append('.');
      return;
    }
    int position = 0;
    while (true) {
      int end = position + 1 + name[position];
      for (position++; position < end; position++) {
        byte value = NameBytes.lowerCase(name[position]);
        if (NameBytes.isPlain(value)) {
          lines.append(value);
        } else {
          lines.appendOctal(value);
        }
      }
      if (name[position] == 0) {
        return;
      }
      lines.append('.');
    }
  }

  /** A line of its own words, in ASCII, behind those of the packets. */
  public void note(String line) {
    lines.append(line);
    lines.endLine();
  }

  /** Hands the lines to the logger. */
  public void flush() {
    lines.flush();
  }
}
