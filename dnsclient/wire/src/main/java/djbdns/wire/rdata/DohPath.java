package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The path of DNS over HTTPS: a URI template (RFC 6570) in UTF-8 that begins with a slash and has
 * the variable {@code dns} (RFC 9461, 5), such as <code>/dns-query{?dns}</code>.
 */
final class DohPath {
  private static final String OPERATORS = "+#./;?&";
  private static final int MAX_PREFIX_DIGITS = 4;

  private final String text;
  private int position;
  private boolean hasDns;

  private DohPath(String text) {
    this.text = text;
  }

  static boolean isValid(Bytes value) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.toArray()));
    } catch (CharacterCodingException e) {
      return false;
    }
    String text = value.toText();
    return text.startsWith("/") && new DohPath(text).isTemplate();
  }

  private boolean isTemplate() {
    while (position < text.length()) {
      char c = text.charAt(position++);
      if ((c == '{' && !expression()) || (c == '%' && !hexDigits())) {
        return false;
      }
    }
    return hasDns;
  }

  /** Passes an operator, variables with commas between them, and the closing brace. */
  private boolean expression() {
    if (position < text.length() && OPERATORS.indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    do {
      if (!variable()) {
        return false;
      }
    } while (skip(','));
    return skip('}');
  }

  /** Passes a name and perhaps a star, or a colon and a number of 1 to 9999. */
  private boolean variable() {
    int start = position;
    while (position < text.length() && isNameCharacter(text.charAt(position))) {
      if (text.charAt(position++) == '%' && !hexDigits()) {
        return false;
      }
    }
    hasDns |= text.substring(start, position).equals("dns");
    boolean isNamed = position > start;
    return isNamed && (skip('*') || !skip(':') || prefixLength());
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || c == '%' || (c < 0x80 && Character.isLetterOrDigit(c));
  }

  private boolean prefixLength() {
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    int digits = position - start;
    return digits > 0 && digits <= MAX_PREFIX_DIGITS && text.charAt(start) != '0';
  }

  private boolean hexDigits() {
    position += 2;
    return position <= text.length()
        && HexFormat.isHexDigit(text.charAt(position - 2))
        && HexFormat.isHexDigit(text.charAt(position - 1));
  }

  private boolean skip(char c) {
    boolean there = position < text.length() && text.charAt(position) == c;
    position += there ? 1 : 0;
    return there;
  }
}
