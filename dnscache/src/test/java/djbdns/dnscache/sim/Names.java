package djbdns.dnscache.sim;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names for tests. */
public final class Names {
  private Names() {}

  /** A name from text without escapes that could fail. */
  public static Name of(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A name with one label more. */
  public static Name child(String label, Name parent) {
    byte[] first = label.getBytes(StandardCharsets.ISO_8859_1);
    byte[] wire = new byte[1 + first.length + parent.length()];
    wire[0] = (byte) first.length;
    System.arraycopy(first, 0, wire, 1, first.length);
    parent.copyTo(wire, 1 + first.length);
    return Name.ofWire(wire, 0);
  }

  /** What is left of {@code name} under {@code oldParent}, put under {@code newParent} (DNAME). */
  static Name move(Name name, Name oldParent, Name newParent) {
    byte[] wire = name.toWire();
    int kept = name.length() - oldParent.length();
    byte[] moved = Arrays.copyOf(wire, kept + newParent.length());
    newParent.copyTo(moved, kept);
    return Name.ofWire(moved, 0);
  }
}
