package djbdns.tools.daemontools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text (RFC 8259) as strictly as a test needs; whole numbers only. */
public final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The members of an object. */
  public static Map<String, Object> object(String text) {
    JsonReader reader = new JsonReader(text);
    Map<String, Object> members = reader.readObject();
    if (reader.at != text.length()) {
      throw reader.wrong();
    }
    return members;
  }

  private AssertionError wrong() {
    return new AssertionError("not JSON at " + at + ": " + text);
  }

  private boolean take(String expected) {
    boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  private void expect(String expected) {
    if (!take(expected)) {
      throw wrong();
    }
  }

  private Map<String, Object> readObject() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect("{");
    if (take("}")) {
      return members;
    }
    do {
      String name = readString();
      expect(":");
      if (members.put(name, readValue()) != null) {
        throw wrong();
      }
    } while (take(","));
    expect("}");
    return members;
  }

  private List<Object> readArray() {
    List<Object> values = new ArrayList<>();
    expect("[");
    if (take("]")) {
      return values;
    }
    do {
      values.add(readValue());
    } while (take(","));
    expect("]");
    return values;
  }

  private Object readValue() {
    return switch (text.charAt(at)) {
      case '{' -> readObject();
      case '[' -> readArray();
      case '"' -> readString();
      case 't', 'f' -> readFlag();
      default -> readNumber();
    };
  }

  private Boolean readFlag() {
    if (take("true")) {
      return true;
    }
    expect("false");
    return false;
  }

  private Long readNumber() {
    int start = at;
    while ("-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Long.valueOf(text.substring(start, at));
  }

  private String readString() {
    expect("\"");
    StringBuilder value = new StringBuilder();
    while (!take("\"")) {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw wrong();
      }
      value.append(c == '\\' ? readEscape() : c);
    }
    return value.toString();
  }

  private char readEscape() {
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw wrong();
    };
  }
}
