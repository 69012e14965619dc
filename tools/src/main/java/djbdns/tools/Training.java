package djbdns.tools;

import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Not a command: the run from which the AOT cache of all client tools is made. Does what they do
 * most, and nothing else: every start of a tool takes in all classes of the cache. {@code --help}
 * and utime, with picocli and foreign functions, would cost each lookup a fifth of its time.
 */
final class Training {
  /** Longer than all of it takes, unless the machine is unwell; the cache is made nevertheless. */
  private static final long PATIENCE_MS = 60_000;

  private static final String NAME = "www.example.test";
  private static final String ADDRESSES = "192.0.2.1 first\n192.0.2.2 second\n2001:db8::1\nnone\n";

  private final String server;

  private Training(String server) {
    this.server = server;
  }

  public static void main(String[] args) throws IOException {
    giveUpAfter(PATIENCE_MS);
    new Training(TrainingServer.start()).runAll();
    // As every tool starts and ends.
    ToolMain.run("dnsqr", new Dnsqr(), new String[] {"--version"});
  }

  private static void giveUpAfter(long patienceMs) {
    Thread watch =
        new Thread(() -> {
          try {
            Thread.sleep(patienceMs);
          } catch (InterruptedException e) {
            // The end is wanted even sooner.
          }
          System.exit(0);
        });
    watch.setDaemon(true);
    watch.start();
  }

  private void runAll() {
    run("dnsqr", new Dnsqr(), "a", NAME);
    run("dnsq", new Dnsq(), "a", NAME, server);
    run("dnsip", new Dnsip(), NAME);
    run("dnsip6", new Dnsip6(), NAME);
    run("dnsipq", new Dnsipq(), NAME);
    run("dnsname", new Dnsname(), "192.0.2.1");
    run("dnsmx", new Dnsmx(), NAME);
    run("dnstxt", new Dnstxt(), NAME);
    run("dnsfilter", new Dnsfilter());
    run("random-ip", new RandomIp(), "10");
    run("cachetest", new Cachetest(), "key:data", "key");
  }

  private void run(String name, Tool tool, String... args) {
    Host host =
        new Host(
            new SystemSettings(Map.of("DNSCACHEIP", server)),
            new KernelRandom(),
            new ByteArrayInputStream(ADDRESSES.getBytes(StandardCharsets.ISO_8859_1)),
            new Output(OutputStream.nullOutputStream()));
    try {
      ToolMain.run(new Program(name), tool, args, host);
    } catch (Fatal e) {
      // How tools end when something is wrong: practised as well.
      return;
    }
  }
}
