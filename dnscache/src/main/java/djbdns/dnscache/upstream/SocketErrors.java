package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.SendFailure;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.UnresolvedAddressException;

/** The meaning of socket errors for a resolver (errno(3) of Linux). */
final class SocketErrors {
  private static final int EPERM = 1;
  private static final int EACCES = 13;
  private static final int EINVAL = 22;
  private static final int ENFILE = 23;
  private static final int EMFILE = 24;
  private static final int EAFNOSUPPORT = 97;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ENETDOWN = 100;
  private static final int ENETUNREACH = 101;
  private static final int ENOBUFS = 105;
  private static final int ENOMEM = 12;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;
  private static final int EHOSTDOWN = 112;
  private static final int EHOSTUNREACH = 113;

  private SocketErrors() {}

  /** True if another port may help. */
  static boolean isPortTaken(Throwable error) {
    return error instanceof NativeIoException e && -e.expectedErr() == EADDRINUSE;
  }

  /** CLOSED stands for whatever is none of the others. */
  static SendFailure failureOf(Throwable error) {
    return switch (error) {
      case NativeIoException e -> ofErrno(-e.expectedErr());
      case NoRouteToHostException _, UnresolvedAddressException _ -> SendFailure.UNREACHABLE;
      // Netty keeps the errno of connect(2) to itself and gives the words of strerror(3).
      case ConnectException e when String.valueOf(e.getMessage()).contains("refused") ->
          SendFailure.REFUSED;
      case ConnectException _ -> SendFailure.UNREACHABLE;
      case Throwable e when e.getCause() != null -> failureOf(e.getCause());
      case Throwable _ -> SendFailure.CLOSED;
    };
  }

  private static SendFailure ofErrno(int errno) {
    return switch (errno) {
      case ECONNREFUSED -> SendFailure.REFUSED;
      case ENETUNREACH,
          EHOSTUNREACH,
          EHOSTDOWN,
          ENETDOWN,
          EAFNOSUPPORT,
          EADDRNOTAVAIL,
          EINVAL,
          EACCES,
          EPERM,
          ETIMEDOUT ->
          SendFailure.UNREACHABLE;
      case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRINUSE -> SendFailure.EXHAUSTED;
      default -> SendFailure.CLOSED;
    };
  }
}
