package djbdns.tinydns;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what a daemon under test logs, line by line. */
final class LogLines extends AppenderBase<ILoggingEvent> {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger logger;

  LogLines() {
    LoggerContext own = new LoggerContext();
    setContext(own);
    start();
    logger = own.getLogger("tinydns");
    logger.addAppender(this);
  }

  org.slf4j.Logger logger() {
    return logger;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.addAll(List.of(event.getFormattedMessage().split("\n")));
  }

  /** The next line, waiting for it. */
  String next() throws InterruptedException, IOException {
    String line = lines.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new IOException("no log line within 10 seconds");
    }
    return line;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }
}
