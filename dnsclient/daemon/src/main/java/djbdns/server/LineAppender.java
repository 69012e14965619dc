package djbdns.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;

/**
 * Writes events to standard error as the original's log lines: the message alone, one byte a
 * character. The lines of a {@link LineBuffer} are written as they are: an encoder would be handed
 * a copy of them as text.
 */
final class LineAppender extends AppenderBase<ILoggingEvent> {
  @Override
  protected void append(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    if (arguments != null && arguments.length == 1 && arguments[0] instanceof LineBuffer lines) {
      lines.writeTo(System.err);
      return;
    }
    StringBuilder text = new StringBuilder(event.getFormattedMessage()).append('\n');
    if (event.getThrowableProxy() != null) {
      text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    System.err.write(bytes, 0, bytes.length);
  }
}
