package djbdns.wire.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtendedErrorTest {
  private static EdnsOption option(int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return new EdnsOption(EdnsOption.EDE, Bytes.of(data));
  }

  private static List<ExtendedError> errors(EdnsOption... options) {
    return ExtendedError.of(new Edns(512, 0, 0, 0, List.of(options)));
  }

  @Test
  void shouldReadAllInTheirOrderAndNothingElse() {
    assertEquals(
        List.of(
            new ExtendedError(13, ""), new ExtendedError(22, "ab"), new ExtendedError(0xffff, "")),
        errors(
            option(0, 13),
            new EdnsOption(EdnsOption.NSID, Bytes.of((byte) 0, (byte) 1)),
            option(0, 22, 'a', 'b'),
            option(0xff, 0xff)));
    assertEquals(List.of(), errors());
  }

  @Test
  void shouldLeaveOutOptionsWithoutACode() {
    assertEquals(List.of(new ExtendedError(3, "")), errors(option(), option(0), option(0, 3)));
  }

  @Test
  void shouldReadTextAsUtf8WithoutTheEndThatSomeSend() {
    byte[] text = "\u00e4\u20ac".getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[2 + text.length + 1];
    System.arraycopy(text, 0, data, 2, text.length);
    ExtendedError error =
        errors(new EdnsOption(EdnsOption.EDE, Bytes.of(data)), option(0, 0, 0xff)).getFirst();
    assertEquals("\u00e4\u20ac", error.text());
    assertEquals("\ufffd", errors(option(0, 0, 0xff)).getFirst().text());
  }

  @Test
  void shouldKnowWhatCodesAreRegisteredFor() {
    assertEquals("Other Error", new ExtendedError(ExtendedError.OTHER, "").meaning());
    assertEquals("DNSSEC Bogus", new ExtendedError(6, "").meaning());
    assertEquals("Cached Error", new ExtendedError(ExtendedError.CACHED_ERROR, "").meaning());
    assertEquals("Filtered", new ExtendedError(ExtendedError.FILTERED, "").meaning());
    assertEquals("Prohibited", new ExtendedError(ExtendedError.PROHIBITED, "").meaning());
    assertEquals("Not Supported", new ExtendedError(ExtendedError.NOT_SUPPORTED, "").meaning());
    assertEquals(
        "No Reachable Authority",
        new ExtendedError(ExtendedError.NO_REACHABLE_AUTHORITY, "").meaning());
    assertEquals("Network Error", new ExtendedError(ExtendedError.NETWORK_ERROR, "").meaning());
    assertEquals("Invalid Query Type", new ExtendedError(30, "").meaning());
    assertEquals("Unassigned", new ExtendedError(0xffff, "").meaning());
  }
}
