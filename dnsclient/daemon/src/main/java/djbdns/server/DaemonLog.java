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

  /** Sets the log of a program up. Call it once, first thing. */
  public static void configure(String program) {
    if (System.getProperty("logback.configurationFile") != null) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    LineAppender lines = new LineAppender();
    lines.setContext(context);
    lines.start();
    root.addAppender(lines);
    ch.qos.logback.classic.Logger netty = context.getLogger("io.netty");
    // Below this Netty speaks of its own affairs.
    netty.setLevel(Level.WARN);
    netty.setAdditive(false);
    WarningEncoder encoder = new WarningEncoder(program);
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> warnings = new ConsoleAppender<>();
    warnings.setContext(context);
    warnings.setTarget(ConsoleTarget.SystemErr.getName());
    warnings.setEncoder(encoder);
    RareEvents rare = new RareEvents(System::nanoTime);
    rare.setContext(context);
    rare.start();
    warnings.addFilter(rare);
    warnings.start();
    netty.addAppender(warnings);
  }
}
