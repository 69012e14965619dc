package djbdns.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets what Netty says through once a minute from each of its classes: it may say something for
 * each packet.
 */
final class RareEvents extends Filter<ILoggingEvent> {
  private final LongSupplier nanoTime;

  /** By class: there are a few hundred. */
  private final Map<String, Long> saidNs = new HashMap<>();

  RareEvents(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized FilterReply decide(ILoggingEvent event) {
    if (event.getLevel().toInt() < Level.WARN.toInt()) {
      return FilterReply.NEUTRAL;
    }
    long nowNs = nanoTime.getAsLong();
    Long before = saidNs.get(event.getLoggerName());
    if (before != null && nowNs - before < Shortages.SILENCE_NS) {
      return FilterReply.DENY;
    }
    saidNs.put(event.getLoggerName(), nowNs);
    return FilterReply.NEUTRAL;
  }
}
