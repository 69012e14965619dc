package djbdns.conf;

import djbdns.posix.Account;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The service that a {@code -conf} program was asked for.
 *
 * @param account whom the service runs as; it exists
 * @param logAccount whom its multilog runs as
 * @param logOwner what the system knows about that account
 * @param directory where it is to be, from the root
 * @param ip {@code $IP}
 * @param addresses what {@code ip} says
 * @param operands all that was given
 */
public record ServiceRequest(
    String account,
    String logAccount,
    Account logOwner,
    String directory,
    String ip,
    List<InetSocketAddress> addresses,
    List<String> operands) {
  /**
   * The service's {@code log}, how it says that it is ready, and its {@code env} with the variables
   * that every service has.
   */
  public ServiceTree tree(String root) {
    return new ServiceTree()
        .log(logAccount, logOwner)
        .directory("env")
        .variable("ROOT", root)
        .variable("IP", ip);
  }

  /**
   * The files that the content servers with a {@code root} of their own have in common.
   *
   * @param program the path of the server as a word for sh(1)
   * @param dataBytes the limit of its memory: softlimit -d
   */
  public ServiceTree contentServer(String program, int dataBytes) {
    return server(directory + "/root", program, dataBytes).directory("root");
  }

  /** The same for a server of somebody else's {@code root}. */
  public ServiceTree server(String root, String program, int dataBytes) {
    return tree(root)
        .script(
            "run",
            "exec 2>&1\nexec envuidgid %s envdir ./env softlimit -d%d %s\n"
                .formatted(account, dataBytes, program));
  }
}
