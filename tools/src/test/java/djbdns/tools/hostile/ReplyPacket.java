package djbdns.tools.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A reply in the making: the question, then records, section by section in their order. Names are
 * compressed wherever one was written before, so that long ones cost the server little.
 */
final class ReplyPacket {
  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int DNAME = 39;
  static final int HTTPS = 65;

  static final int AUTHORITATIVE = 0x0400;
  static final int FORMERR = 1;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int REFUSED = 5;

  private static final int ANSWER = 6;
  private static final int AUTHORITY = 8;
  private static final int ADDITIONAL = 10;
  private static final int TRUNCATED = 0x0200;
  private static final int QUESTION_START = 12;
  private static final int POINTER_LIMIT = 0x4000;
  private static final byte[] OPT = {0, 0, 41, 4, (byte) 0xd0, 0, 0, 0, 0, 0, 0};

  private final Ask ask;
  private final Map<String, Integer> suffixes = new HashMap<>();
  private byte[] buffer = new byte[512];
  private int length;

  private ReplyPacket(Ask ask, int flags) {
    this.ask = ask;
    append(ask.head().toArray());
    buffer[2] |= (byte) (0x80 | flags >> 8);
    buffer[3] = (byte) flags;
    Arrays.fill(buffer, ANSWER, QUESTION_START, (byte) 0);
    int position = QUESTION_START;
    for (int i = 0; i < ask.labels().size(); i++) {
      suffixes.put(ask.suffix(ask.labels().size() - i), position);
      position += 1 + ask.labels().get(i).length();
    }
  }

  /** An empty reply with these flags and this response code, QR apart. */
  static ReplyPacket to(Ask ask, int flags) {
    return new ReplyPacket(ask, flags);
  }

  /** An authoritative one. */
  static ReplyPacket to(Ask ask) {
    return new ReplyPacket(ask, AUTHORITATIVE);
  }

  /** The name exists and has nothing of the type. */
  static ReplyPacket noData(Ask ask, String zone) {
    return to(ask).soa(zone);
  }

  /** The name does not exist. */
  static ReplyPacket noName(Ask ask, String zone) {
    return to(ask, AUTHORITATIVE | NXDOMAIN).soa(zone);
  }

  ReplyPacket a(String owner, int ttl, int address) {
    return address(ANSWER, owner, ttl, address);
  }

  ReplyPacket glue(String owner, int ttl, int address) {
    return address(ADDITIONAL, owner, ttl, address);
  }

  private ReplyPacket address(int section, String owner, int ttl, int address) {
    int start = begin(section, owner, A, ttl);
    append16(address >>> 16);
    append16(address);
    return end(start);
  }

  ReplyPacket aaaa(String owner, int ttl, int last) {
    int start = begin(ANSWER, owner, AAAA, ttl);
    append16(0x2001);
    append16(0x0db8);
    append(new byte[8]);
    append16(last >>> 16);
    append16(last);
    return end(start);
  }

  /** Into the authority section, as a referral has it. */
  ReplyPacket ns(String zone, int ttl, String target) {
    int start = begin(AUTHORITY, zone, NS, ttl);
    name(target);
    return end(start);
  }

  /** The root's one server, as an answer. */
  ReplyPacket rootServer(int ttl, String server, int address) {
    int start = begin(ANSWER, "", NS, ttl);
    name(server);
    return end(start).glue(server, ttl, address);
  }

  ReplyPacket cname(String owner, int ttl, String target) {
    int start = begin(ANSWER, owner, CNAME, ttl);
    name(target);
    return end(start);
  }

  /** Its target is never compressed (RFC 6672, 2.5). */
  ReplyPacket dname(String owner, int ttl, String target) {
    int start = begin(ANSWER, owner, DNAME, ttl);
    for (String label : target.split("[.]", -1)) {
      label(label);
    }
    append(new byte[1]);
    return end(start);
  }

  /** Strings of at most 255 characters. */
  ReplyPacket txt(String owner, int ttl, String... strings) {
    int start = begin(ANSWER, owner, TXT, ttl);
    for (String string : strings) {
      append(new byte[] {(byte) string.length()});
      append(string.getBytes(ISO_8859_1));
    }
    return end(start);
  }

  private ReplyPacket soa(String zone) {
    int start = begin(AUTHORITY, zone, SOA, 60);
    append(new byte[2]);
    append(new byte[18]);
    append16(60);
    return end(start);
  }

  /** Bytes written so far. */
  int length() {
    return length;
  }

  private int begin(int section, String owner, int type, int ttl) {
    int count = ((buffer[section] & 0xff) << 8 | (buffer[section + 1] & 0xff)) + 1;
    buffer[section] = (byte) (count >> 8);
    buffer[section + 1] = (byte) count;
    name(owner);
    append16(type);
    append16(1);
    append16(ttl >>> 16);
    append16(ttl);
    append16(0);
    return length;
  }

  private ReplyPacket end(int start) {
    int dataBytes = length - start;
    buffer[start - 2] = (byte) (dataBytes >> 8);
    buffer[start - 1] = (byte) dataBytes;
    return this;
  }

  private void name(String name) {
    String rest = name;
    while (!rest.isEmpty()) {
      Integer earlier = suffixes.get(rest);
      if (earlier != null) {
        append16(0xc000 | earlier);
        return;
      }
      if (length < POINTER_LIMIT) {
        suffixes.put(rest, length);
      }
      int dot = rest.indexOf('.');
      String label = dot < 0 ? rest : rest.substring(0, dot);
      label(label);
      rest = dot < 0 ? "" : rest.substring(dot + 1);
    }
    append(new byte[1]);
  }

  private void label(String label) {
    append(new byte[] {(byte) label.length()});
    append(label.getBytes(ISO_8859_1));
  }

  private void append16(int value) {
    append(new byte[] {(byte) (value >> 8), (byte) value});
  }

  private void append(byte[] bytes) {
    if (length + bytes.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * (length + bytes.length));
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  /** The whole message, or none of its records and TC where the client takes less. */
  byte[] bytes() {
    if (ask.edns()) {
      append(OPT);
      buffer[ADDITIONAL + 1]++;
    }
    if (length <= ask.room()) {
      return Arrays.copyOf(buffer, length);
    }
    byte[] cut = Arrays.copyOf(buffer, ask.head().length());
    cut[2] |= (byte) (TRUNCATED >> 8);
    Arrays.fill(cut, ANSWER, QUESTION_START, (byte) 0);
    return cut;
  }
}
