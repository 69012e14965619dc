package djbdns.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;

/**
 * Where a daemon's log goes: to standard error, as plain lines, for a logger such as multilog
 * behind a pipe. An administrator's own logback configuration, named by {@code
 * -Dlogback.configurationFile=FILE}, takes its place.
 */
public final class DaemonLog {
  private DaemonLog() {}

  /** Sets the log up. Call it once, first thing. */
  public static void configure() {
    if (System.getProperty("logback.configurationFile") != null) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LineEncoder encoder = new LineEncoder();
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder);
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    // Below this Netty speaks of its own affairs.
    context.getLogger("io.netty").setLevel(Level.WARN);
  }
}
