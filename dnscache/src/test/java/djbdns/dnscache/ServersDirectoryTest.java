package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZone.Mode;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.posix.FileSystem;
import djbdns.runtime.ErrorText;
import djbdns.wire.Name;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ServersDirectoryTest {
  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();

  private void file(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  private ConfiguredZones read() throws IOException {
    return read(false);
  }

  private ConfiguredZones read(boolean forwardOnly) throws IOException {
    return new ServersDirectory(directory, forwardOnly).read(warnings::add);
  }

  private static ConfiguredZone zone(ConfiguredZones zones, String name) throws Exception {
    return zones.closest(Name.parse(name)).orElseThrow();
  }

  @Test
  void shouldReadZonesByTheirFilesNames() throws Exception {
    file("@", "192.0.2.1\n192.0.2.2");
    file("Example.TEST", "192.0.2.3:5300\n2001:db8::1\n[2001:db8::2]:5301\n");
    file(".hidden", "192.0.2.9\n");
    file("a\\056b.test.", "192.0.2.4\n");
    ConfiguredZones zones = read();
    assertEquals(3, zones.all().size());
    assertEquals("[192.0.2.1, 192.0.2.2]", zone(zones, "x").addresses().toString());
    assertEquals(Name.ROOT, zone(zones, "x").name());
    assertEquals(
        "[192.0.2.3:5300, 2001:db8::1, [2001:db8::2]:5301]",
        zone(zones, "www.example.test").addresses().toString());
    assertEquals("[192.0.2.4]", zone(zones, "a\\056b.test").addresses().toString());
    assertEquals(Mode.ITERATE, zone(zones, "x").mode());
    assertEquals(List.of(), warnings);
  }

  @Test
  void shouldKeepTheFirstThirtyTwo() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 40; i++) {
      lines.append("192.0.2.").append(i).append('\n');
    }
    file("@", lines.toString());
    List<?> addresses = zone(read(), "x").addresses();
    assertEquals(32, addresses.size());
    assertEquals("192.0.2.32", addresses.getLast().toString());
    assertEquals(List.of(), warnings);
  }

  @Test
  void shouldSkipWhatIsNoAddressAndSayItOncePerFile() throws Exception {
    file("@", "# comment\n\n  \nns.example.test\n192.0.2.1 # first\n192.0.2.256\n0.0.0.0\n");
    file("test", "192.0.2.1:99999\n");
    ConfiguredZones zones = read();
    assertEquals("[192.0.2.1]", zone(zones, "x").addresses().toString());
    assertEquals("[]", zone(zones, "test").addresses().toString());
    warnings.sort(String::compareTo);
    assertEquals(
        List.of(
            "unable to parse servers/@ line 4: ns.example.test",
            "unable to parse servers/test line 1: 192.0.2.1:99999"),
        warnings.stream().filter(warning -> warning.contains("parse")).toList());
  }

  @Test
  void shouldReadModes() throws Exception {
    file("forward.test", "forward\n192.0.2.1\n");
    file("first.test", "192.0.2.1\r\nforward-first\r\n");
    file("zone.test", "192.0.2.1\n");
    ConfiguredZones zones = read();
    assertEquals(Mode.FORWARD, zone(zones, "forward.test").mode());
    assertEquals(Mode.FORWARD_FIRST, zone(zones, "first.test").mode());
    assertEquals(Mode.ITERATE, zone(zones, "zone.test").mode());
    for (ConfiguredZone zone : read(true).all()) {
      assertEquals(Mode.FORWARD, zone.mode());
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void shouldLeaveZonesWithoutAddressesWithoutServersAndSaySo() throws Exception {
    file("@", "");
    file("other.test", "forward\n# nothing\n");
    file("wrong.test", "0.0.0.0\n");
    file("first.test", "forward-first\n");
    ConfiguredZones zones = read();
    assertEquals(4, zones.all().size());
    assertTrue(zone(zones, "x").isUnserved());
    assertTrue(zone(zones, "other.test").isUnserved());
    assertTrue(zone(zones, "wrong.test").isUnserved());
    assertFalse(zone(zones, "first.test").isUnserved());
    warnings.sort(String::compareTo);
    assertEquals(
        List.of(
            "servers/@ has no address: all other names fail",
            "servers/other.test has no address: other.test and names below it fail",
            "servers/wrong.test has no address: wrong.test and names below it fail",
            "unable to parse servers/wrong.test line 1: 0.0.0.0"),
        warnings);
  }

  @Test
  @Timeout(60)
  void shouldOpenNothingButRegularFilesAndTakeTheOthers() throws Exception {
    file("@", "192.0.2.1\n");
    new FileSystem().makeFifo(FileSystem.CURRENT, directory.resolve("fifo").toString(), 0600);
    Files.createDirectory(directory.resolve("directory"));
    Files.createSymbolicLink(directory.resolve("device"), Path.of("/dev/zero"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
      ConfiguredZones zones = read();
      assertEquals("[192.0.2.1]", zone(zones, "x").addresses().toString());
      for (String name : List.of("fifo", "directory", "device", "socket")) {
        assertTrue(zone(zones, "x." + name).isUnserved(), name);
      }
    }
    assertTrue(warnings.contains("unable to read servers/fifo: not a regular file"));
    assertTrue(warnings.contains("unable to read servers/device: not a regular file"));
    assertTrue(warnings.contains("unable to read servers/socket: not a regular file"));
    assertTrue(warnings.contains("unable to read servers/directory: is a directory"));
    assertEquals(8, warnings.size());
  }

  @Test
  @Timeout(60)
  void shouldNotWaitForAFifoInPlaceOfTheDirectory() throws Exception {
    Path fifo = directory.resolve("fifo");
    new FileSystem().makeFifo(FileSystem.CURRENT, fifo.toString(), 0600);
    ServersDirectory servers = new ServersDirectory(fifo, false);
    assertThrows(NotDirectoryException.class, () -> servers.read(warnings::add));
  }

  @Test
  void shouldHoldNoMoreThanAMebibyteOfAFile() throws Exception {
    file("@", "#".repeat(1 << 20) + "\n192.0.2.1\n");
    assertEquals("file too big", ErrorText.of(assertThrows(IOException.class, this::read)));
  }

  @Test
  void shouldSayWhyItCannotRead() throws Exception {
    Path missing = directory.resolve("missing");
    IOException e =
        assertThrows(
            IOException.class, () -> new ServersDirectory(missing, false).read(warnings::add));
    assertEquals("file does not exist", ErrorText.of(e));
    Files.createSymbolicLink(directory.resolve("test"), Path.of("nothing"));
    assertEquals("file does not exist", ErrorText.of(assertThrows(IOException.class, this::read)));
    Files.delete(directory.resolve("test"));
    String label = "x".repeat(64);
    file(label, "192.0.2.1\n");
    assertEquals(
        "servers/" + label + " is no domain name",
        ErrorText.of(assertThrows(IOException.class, this::read)));
  }
}
