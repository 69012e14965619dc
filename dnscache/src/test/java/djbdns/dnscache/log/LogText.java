package djbdns.dnscache.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;

/** Takes what is logged, line by line. */
public final class LogText extends AppenderBase<ILoggingEvent> {
  private final List<String> lines = new ArrayList<>();
  private final Logger logger;

  public LogText() {
    LoggerContext own = new LoggerContext();
    setContext(own);
    start();
    logger = own.getLogger("dnscache");
    logger.addAppender(this);
  }

  public org.slf4j.Logger logger() {
    return logger;
  }

  @Override
  protected synchronized void append(ILoggingEvent event) {
    lines.addAll(List.of(event.getFormattedMessage().split("\n")));
  }

  /** The lines since the last call. */
  public synchronized List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }
}
