package djbdns.dnscache.control;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of {@link ControlProtocol}: from a request to its response. */
final class ControlResponse {
  private static final Logger LOG = LoggerFactory.getLogger(ControlResponse.class);

  private ControlResponse() {}

  /**
   * Does what a request asks.
   *
   * @param request without its newline
   * @return the response, with its newlines
   */
  static String to(String request, ControlCommands commands) {
    try {
      List<String> lines = run(request, commands);
      StringBuilder response =
          new StringBuilder(ControlProtocol.OK).append(lines.size()).append('\n');
      for (String line : lines) {
        response.append(oneLine(line)).append('\n');
      }
      return response.toString();
    } catch (CommandFailedException e) {
      return error(e.getMessage());
    } catch (MalformedTextException e) {
      return error("unable to parse name: protocol error");
    } catch (RuntimeException e) {
      LOG.error("unable to run a command", e);
      return error("unable to run command: " + e);
    }
  }

  static String error(String text) {
    return ControlProtocol.ERROR + oneLine(text) + "\n";
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  private static List<String> run(String request, ControlCommands commands)
      throws CommandFailedException, MalformedTextException {
    int space = request.indexOf(' ');
    if (space < 0) {
      return switch (request) {
        case "stats" -> commands.stats();
        case "dump" -> commands.dump();
        case "servers" -> commands.servers();
        case "reload" -> commands.reload();
        default -> throw unknown();
      };
    }
    String name = request.substring(space + 1);
    return switch (request.substring(0, space)) {
      case "flush" -> commands.flush(Name.parse(name));
      case "flush-tree" -> commands.flushTree(Name.parse(name));
      default -> throw unknown();
    };
  }

  private static CommandFailedException unknown() {
    return new CommandFailedException("unknown command");
  }
}
