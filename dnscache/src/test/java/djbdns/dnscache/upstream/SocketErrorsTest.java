package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Upstream.SendFailure;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketErrorsTest {
  @BeforeAll
  static void loadErrno() {
    Epoll.ensureAvailability();
  }

  @ParameterizedTest
  @CsvSource({
    "111, REFUSED",
    "101, UNREACHABLE",
    "113, UNREACHABLE",
    "97, UNREACHABLE",
    "99, UNREACHABLE",
    "22, UNREACHABLE",
    "1, UNREACHABLE",
    "24, EXHAUSTED",
    "23, EXHAUSTED",
    "105, EXHAUSTED",
    "98, EXHAUSTED",
    "104, CLOSED"
  })
  void shouldTellFailuresByErrno(int errno, SendFailure expected) {
    NativeIoException error = new NativeIoException("call", -errno);
    assertEquals(expected, SocketErrors.failureOf(error));
    assertEquals(expected, SocketErrors.failureOf(new ChannelException(error)));
    assertEquals(errno == 98, SocketErrors.isPortTaken(error));
  }

  @Test
  void shouldTellFailuresOfConnect() {
    assertEquals(
        SendFailure.REFUSED, SocketErrors.failureOf(new ConnectException("Connection refused")));
    assertEquals(
        SendFailure.UNREACHABLE, SocketErrors.failureOf(new ConnectException("Invalid argument")));
    assertEquals(
        SendFailure.UNREACHABLE, SocketErrors.failureOf(new NoRouteToHostException("No route")));
    assertEquals(SendFailure.CLOSED, SocketErrors.failureOf(new IOException()));
  }

  @Test
  void shouldNotTakeOtherErrorsForATakenPort() {
    assertFalse(SocketErrors.isPortTaken(new IOException("Address already in use")));
    assertTrue(SocketErrors.isPortTaken(new NativeIoException("bind", -98)));
  }
}
