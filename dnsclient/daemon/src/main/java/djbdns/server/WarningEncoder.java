package djbdns.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Writes an event of a library as one line of a program, without the way it came. */
final class WarningEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final String program;

  WarningEncoder(String program) {
    this.program = program;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(program).append(": warning: ");
    line.append(firstLine(event.getFormattedMessage()));
    IThrowableProxy cause = event.getThrowableProxy();
    if (cause != null) {
      line.append(": ").append(cause.getClassName());
      if (cause.getMessage() != null) {
        line.append(": ").append(firstLine(cause.getMessage()));
      }
    }
    return line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
