package djbdns.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.wire.rdata.HostileBytesTest;

/** The wire format under Jazzer; the seeds beside it run in every build. */
class WireFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void shouldReadMessages(byte[] bytes) {
    HostileBytesTest.check(bytes, bytes.length);
  }

  /** The first two bytes are the position at which a name is read. */
  @FuzzTest(maxDuration = "60s")
  void shouldReadNames(byte[] bytes) {
    PacketReader reader = new PacketReader().wrap(bytes, bytes.length);
    try {
      reader.position(reader.readU16());
      Name name = reader.readName();
      if (name.length() > Limits.NAME_BYTES || !name.equals(Name.parse(name.toString()))) {
        throw new AssertionError(name.toString());
      }
    } catch (MalformedPacketException e) {
      // What most inputs deserve.
      return;
    } catch (MalformedTextException e) {
      throw new AssertionError("a name's own text", e);
    }
  }
}
