package djbdns.runtime;

import java.util.ArrayList;
import java.util.List;

/** JSON for a command to print (RFC 8259), on one line, members in the order they are given. */
public final class Json {
  private static final String HEX = "0123456789abcdef";
  private static final char LAST_ASCII = '~';

  private Json() {}

  /** An object without members yet. */
  public static Builder object() {
    return new Builder();
  }

  /** An object in the making; its {@link #toString} is its text. */
  public static final class Builder {
    private final StringBuilder members = new StringBuilder();

    /** A string: its characters as they are, but for those that JSON wants escaped. */
    public Builder text(String name, String value) {
      return member(name, quote(value, Character.MAX_VALUE));
    }

    /** A string of bytes, a character for each: all but visible ASCII is escaped. */
    public Builder bytes(String name, String value) {
      return member(name, quote(value, LAST_ASCII));
    }

    /** Strings as of {@link #bytes}. */
    public Builder byteStrings(String name, List<String> values) {
      return member(name, arrayOf(values));
    }

    /** Lists of strings as of {@link #bytes}. */
    public Builder byteStringLists(String name, List<List<String>> values) {
      List<String> lists = new ArrayList<>();
      for (List<String> strings : values) {
        lists.add(arrayOf(strings));
      }
      return member(name, "[" + String.join(",", lists) + "]");
    }

    private static String arrayOf(List<String> values) {
      List<String> quoted = new ArrayList<>();
      for (String value : values) {
        quoted.add(quote(value, LAST_ASCII));
      }
      return "[" + String.join(",", quoted) + "]";
    }

    public Builder number(String name, long value) {
      return member(name, Long.toString(value));
    }

    public Builder flag(String name, boolean value) {
      return member(name, Boolean.toString(value));
    }

    public Builder object(String name, Builder value) {
      return member(name, value.toString());
    }

    public Builder array(String name, List<Builder> values) {
      return member(
          name, "[" + String.join(",", values.stream().map(Builder::toString).toList()) + "]");
    }

    private Builder member(String name, String value) {
      if (!members.isEmpty()) {
        members.append(',');
      }
      members.append(quote(name, Character.MAX_VALUE)).append(':').append(value);
      return this;
    }

    @Override
    public String toString() {
      return "{" + members + "}";
    }
  }

  /** A string; characters above {@code last} are escaped as well as those that must be. */
  private static String quote(String text, char last) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > last) {
        quoted.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          quoted.append(HEX.charAt(c >> shift & 15));
        }
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
