package djbdns.tools;

import djbdns.client.Failure;
import djbdns.runtime.ErrorText;

/** Failures of queries in the words of 1.05 (error_str.c). */
final class FailureText {
  private static final int EIO = 5;
  private static final int EAGAIN = 11;
  private static final int EPROTO = 71;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;

  private FailureText() {}

  static String of(Failure failure) {
    return switch (failure) {
      case Failure.Reason reason -> ErrorText.of(errno(reason));
      case Failure.ServerFailed _ -> ErrorText.of(EAGAIN);
      case Failure.Io io -> ErrorText.of(io.cause());
    };
  }

  private static int errno(Failure.Reason reason) {
    return switch (reason) {
      case TIMED_OUT -> ETIMEDOUT;
      case REFUSED -> ECONNREFUSED;
      case NO_REPLY -> EIO;
      case MALFORMED -> EPROTO;
    };
  }
}
