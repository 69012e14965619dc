package djbdns.dnscache.log;

import djbdns.client.ServerAddress;
import djbdns.server.Client;
import djbdns.server.LineBuffer;
import djbdns.wire.Limits;
import djbdns.wire.Name;

/**
 * The parts that lines are made of (log.c): addresses as 8 hexadecimal digits, or 32 for IPv6;
 * names in small letters with a dot behind each label and {@code ?} for whatever is not a visible
 * ASCII character. Each part but the first word has a space before it. Belongs to one thread.
 */
final class LogLine {
  private final LineBuffer out;
  private final byte[] scratch = new byte[Limits.NAME_BYTES];

  LogLine(LineBuffer out) {
    this.out = out;
  }

  LogLine word(String word) {
    out.append(word);
    return this;
  }

  LogLine number(long number) {
    out.append(' ');
    out.appendDecimal(number);
    return this;
  }

  LogLine text(String text) {
    out.append(' ');
    out.append(text);
    return this;
  }

  LogLine name(Name name) {
    name.copyTo(scratch, 0);
    return name(scratch, 0);
  }

  LogLine name(byte[] name, int offset) {
    out.append(' ');
    if (name[offset] == 0) {
      out.append('.');
    }
    for (int at = offset; name[at] != 0; at += 1 + name[at]) {
      out.appendVisible(name, at + 1, name[at]);
      out.append('.');
    }
    return this;
  }

  LogLine server(ServerAddress server) {
    out.append(' ');
    for (int i = 0; i < server.addressLength(); i++) {
      out.appendHex(server.octet(i), 2);
    }
    return this;
  }

  /** {@code IP:PORT}. */
  LogLine client(Client client) {
    out.append(' ');
    for (int i = 0; i < client.addressLength(); i++) {
      out.appendHex(client.address()[i], 2);
    }
    out.append(':');
    out.appendHex(client.port(), 4);
    return this;
  }

  /** {@code :ID}, behind the client. */
  LogLine id(int id) {
    out.append(':');
    out.appendHex(id, 4);
    return this;
  }

  /** Bytes in hexadecimal; of more than {@code max} only those, and dots. */
  LogLine hex(byte[] bytes, int offset, int length, int max) {
    out.append(' ');
    for (int i = 0; i < Math.min(length, max); i++) {
      out.appendHex(bytes[offset + i], 2);
    }
    // The original has the dots behind the last byte that it shows even if there are no more.
    if (length >= max) {
      out.append("...");
    }
    return this;
  }

  void end() {
    out.endLine();
  }
}
