package djbdns.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;

/**
 * Where a daemon's log goes: to standard error, as plain lines, for a logger such as multilog
 * behind a pipe. An administrator's own logback configuration, named by {@code
 * -Dlogback.configurationFile=FILE}, takes its place.
 */
public final class DaemonLog {
  private DaemonLog() {}

  /** Sets the log of a program up. Call it once, first thing. */
  public static void configure(String program) {
    if (System.getProperty("logback.configurationFile") != null) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    ConsoleAppender<ILoggingEvent> lines = appender(context, new LineEncoder());
    lines.start();
    root.addAppender(lines);
    ch.qos.logback.classic.Logger netty = context.getLogger("io.netty");
    // Below this Netty speaks of its own affairs.
    netty.setLevel(Level.WARN);
    netty.setAdditive(false);
    ConsoleAppender<ILoggingEvent> warnings = appender(context, new WarningEncoder(program));
    RareEvents rare = new RareEvents(System::nanoTime);
    rare.setContext(context);
    rare.start();
    warnings.addFilter(rare);
    warnings.start();
    netty.addAppender(warnings);
  }

  private static ConsoleAppender<ILoggingEvent> appender(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder);
    return appender;
  }
}
