package djbdns.conf;

import djbdns.posix.Account;
import djbdns.posix.Accounts;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ListenAddresses;
import djbdns.runtime.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A {@code -conf} program: makes a service directory. Its arguments are in its usage line: those in
 * brackets may be missing, those that start with a slash are paths from the root, {@code myip} is
 * {@code $IP}. As in the original, further arguments are ignored, but not without a warning.
 */
public final class ConfCommand {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int ANY_PORT = 0;
  private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F.:]+/[0-9]{1,3}");

  /** The content of the service directory. */
  @FunctionalInterface
  public interface Design {
    /** The directory's tree; throws {@link djbdns.runtime.Fatal} if it cannot be. */
    ServiceTree of(ServiceRequest request, SuitePrograms programs);
  }

  private final Program program;
  private final CommandLine commandLine;
  private final List<String> required;
  private final List<String> operandNames;

  /**
   * A command.
   *
   * @param synopsis as in the original's usage line
   * @param description one sentence for {@code --help}
   */
  public ConfCommand(Program program, String synopsis, String description) {
    this.program = program;
    commandLine = new CommandLine(program, synopsis, description);
    required = Arrays.asList(synopsis.split(" \\[", 2)[0].split(" ", -1));
    operandNames = List.of(synopsis.replace("[ ", "").replace(" ]", "").split(" ", -1));
  }

  /**
   * Makes the directory.
   *
   * @param args as {@code main} got them
   * @return what was asked for and is there now
   * @throws djbdns.runtime.Fatal if it could not be made; then nothing has been
   */
  public ServiceRequest run(String[] args, Design design) throws IOException {
    ServiceRequest request = request(ArgumentBytes.of(args));
    // Behind what the original makes: our servers tell our supervise when they are ready.
    ServiceTree tree =
        design.of(request, SuitePrograms.besideThisOne()).file("notification-fd", "3\n");
    new TreeMaker(program, request.directory()).make(tree.entries());
    return request;
  }

  private ServiceRequest request(String[] args) throws IOException {
    List<String> operands = commandLine.parse(args, required.size(), Integer.MAX_VALUE).operands();
    for (int i = 0; i < required.size(); i++) {
      if (required.get(i).startsWith("/") && !operands.get(i).startsWith("/")) {
        throw commandLine.usage();
      }
    }
    // The first line only is what envdir makes of env/ROOT: another directory.
    String directory = operands.get(2);
    if (directory.indexOf('\n') >= 0) {
      String shown = directory.replace("\n", "\\012");
      throw program.fatal("unable to create " + shown + ": line feed in it");
    }
    if (operands.size() > operandNames.size()) {
      String ignored = String.join(" ", operands.subList(operandNames.size(), operands.size()));
      program.warn("ignored: " + ignored + "; addresses to listen on are joined by slashes");
    }
    String logAccount = operands.get(1);
    Accounts accounts = new Accounts();
    Account logOwner = find(accounts, logAccount);
    // The original does not look, and makes a service that cannot start.
    find(accounts, operands.getFirst());
    int ipIndex = operandNames.indexOf("myip");
    String ip = operands.size() > ipIndex ? operands.get(ipIndex) : LOOPBACK;
    return new ServiceRequest(
        operands.get(0), logAccount, logOwner, directory, ip, addresses(ip), operands);
  }

  private Account find(Accounts accounts, String name) throws IOException {
    return accounts.find(name).orElseThrow(() -> program.fatal("unknown account " + name));
  }

  private List<InetSocketAddress> addresses(String ip) {
    // envdir takes the first line of a file only.
    if (ip.indexOf('\n') >= 0) {
      throw program.fatal("unable to parse IP address " + ip);
    }
    try {
      return ListenAddresses.parse(ip, ANY_PORT);
    } catch (IllegalArgumentException e) {
      throw program.fatal("unable to parse IP address " + e.getMessage() + hint(ip));
    }
  }

  private static String hint(String ip) {
    if (NETWORK.matcher(ip).matches()) {
      return "; " + ip + " is a network, and not an address to listen on";
    }
    return ip.indexOf(',') >= 0 ? "; addresses are joined by slashes" : "";
  }
}
