package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AxfrdnsNeighbourTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  @TempDir private Path place;

  private Path tinydns;
  private Path axfrdns;

  @BeforeEach
  void makeServices() throws IOException {
    tinydns = Files.createDirectory(place.resolve("tinydns"));
    axfrdns = Files.createDirectory(place.resolve("axfrdns"));
    Files.createDirectory(axfrdns.resolve("env"));
    Files.writeString(axfrdns.resolve("tcp"), ":deny\n");
    set("ROOT", tinydns.resolve("root") + "\n");
    set("IP", "192.0.2.1\n");
  }

  private void set(String variable, String value) throws IOException {
    Files.writeString(axfrdns.resolve("env", variable), value);
  }

  private Optional<Path> found() {
    return new AxfrdnsNeighbour(tinydns, tinydns.resolve("root")).servingTcp(ADDRESS);
  }

  @Test
  void shouldFindTheServiceOfTheSameDataAndAddress() {
    assertEquals(Optional.of(axfrdns), found());
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.2/192.0.2.1\n", "192.0.2.1 \t", "0.0.0.0\n", "::1/192.0.2.1\nx"})
  void shouldFindItAmongSeveralAddresses(String ip) throws IOException {
    set("IP", ip);
    assertEquals(Optional.of(axfrdns), found());
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.2\n", "", "nonsense\n", "::1\n"})
  void shouldNotMindAnotherAddress(String ip) throws IOException {
    set("IP", ip);
    assertEquals(Optional.empty(), found());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/tinydns/root\n", "", "\0\n", "root\n"})
  void shouldNotMindOtherData(String root) throws IOException {
    set("ROOT", root);
    assertEquals(Optional.empty(), found());
  }

  @Test
  void shouldNotTakeAServerOfPacketsForIt() throws IOException {
    Files.delete(axfrdns.resolve("tcp"));
    assertEquals(Optional.empty(), found());
  }

  /** As distributions have it: the directory holds the script and nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec envdir /var/axfrdns/env sh -c 'exec tcpserver -x tcp.cdb -- $IP 53 axfrdns'\n",
        "cd /var/axfrdns\nexec /usr/local/bin/axfrdns\n",
        "exec java -jar /opt/axfrdns.jar"
      })
  void shouldFindAScriptThatStartsIt(String script) throws IOException {
    Path service = Files.createDirectory(place.resolve("other"));
    Files.writeString(service.resolve("run"), "#!/bin/sh\n" + script);
    set("IP", "192.0.2.2\n");
    assertEquals(Optional.of(service), found());
    Files.createDirectory(service.resolve("env"));
    Files.writeString(service.resolve("env/IP"), "192.0.2.9\n");
    assertEquals(Optional.empty(), found());
  }

  @Test
  void shouldNotMindOtherScripts() throws IOException {
    set("IP", "192.0.2.2\n");
    Path service = Files.createDirectory(place.resolve("other"));
    Files.writeString(
        service.resolve("run"),
        "#!/bin/sh\n  # axfrdns is elsewhere\nexec myaxfrdnsd # not axfrdns\n");
    Path other = Files.createDirectory(place.resolve("third"));
    Files.writeString(
        other.resolve("run"), "#!/bin/sh\nsvstat /service/axfrdns\nexec tinydns-axfrdns\n");
    Files.writeString(tinydns.resolve("run"), "#!/bin/sh\nexec tinydns # not axfrdns\n");
    assertEquals(Optional.empty(), found());
  }

  @Test
  void shouldHaveNoNeighboursInTheRootDirectory() {
    Path root = Path.of("/");
    assertEquals(Optional.empty(), new AxfrdnsNeighbour(root, root).servingTcp(ADDRESS));
  }
}
