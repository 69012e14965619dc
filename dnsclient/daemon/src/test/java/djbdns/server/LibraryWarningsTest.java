package djbdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What Netty says. */
final class LibraryWarningsTest {
  private final LoggerContext context = new LoggerContext();
  private long nowNs = 7;
  private final RareEvents rare = new RareEvents(() -> nowNs);

  private LoggingEvent event(String logger, String message, Throwable cause) {
    return new LoggingEvent("", context.getLogger(logger), Level.WARN, message, cause, null);
  }

  private static String line(LoggingEvent event) {
    return new String(new WarningEncoder("dnscache").encode(event), StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldBeOneLineWithoutTheWayItCame() {
    assertEquals(
        "dnscache: warning: Something was fired.: java.io.IOException: accept(..) failed\n",
        line(
            event(
                "io.netty.channel.DefaultChannelPipeline",
                "Something was fired.\nAnd so on.",
                new IOException("accept(..) failed\nsomewhere"))));
    assertEquals(
        "dnscache: warning: oops: java.io.IOException\n",
        line(event("io.netty.Any", "oops", new IOException())));
  }

  @Test
  void shouldComeOnceAMinuteFromEachClass() {
    assertEquals(FilterReply.NEUTRAL, rare.decide(event("io.netty.One", "first", null)));
    assertEquals(FilterReply.DENY, rare.decide(event("io.netty.One", "second", null)));
    assertEquals(FilterReply.NEUTRAL, rare.decide(event("io.netty.Other", "first", null)));
    nowNs += Shortages.SILENCE_NS;
    assertEquals(FilterReply.NEUTRAL, rare.decide(event("io.netty.One", "third", null)));
  }
}
