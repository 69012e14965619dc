package djbdns.tools.odd;

import djbdns.tools.Namespace;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A root server that knows the domains of scenarios, and the servers of these, in a namespace. */
final class OddInternet implements Closeable {
  static final String ROOT = "10.90.0.1";

  /** Where the resolver is. */
  static final String RESOLVER = "10.90.0.53";

  private static final String SERVERS = "10.100.0.0/14";
  private static final Pattern PLACE = Pattern.compile("\\{(6:)?([0-9]+)}");

  private final Map<String, List<OddServer>> servers = new LinkedHashMap<>();
  private final List<OddServer> all = new ArrayList<>();

  private OddInternet() {}

  /** Starts all servers. */
  static OddInternet start(Namespace namespace, List<Scenario> scenarios)
      throws IOException, InterruptedException {
    OddInternet internet = new OddInternet();
    namespace.addAddress(ROOT);
    namespace.addAddress(RESOLVER);
    namespace.addNetwork(SERVERS, RESOLVER);
    for (int number = 0; number < scenarios.size(); number++) {
      for (int server = 1; server <= scenarios.get(number).servers().size(); server++) {
        if (hasIpv6(scenarios.get(number), server)) {
          namespace.addAddress(ipv6(number, server));
        }
      }
    }
    try {
      namespace.callInside(() -> {
        internet.open(scenarios);
        return internet;
      });
      return internet;
    } catch (IOException | InterruptedException e) {
      internet.close();
      throw e;
    }
  }

  private void open(List<Scenario> scenarios) throws IOException {
    StringBuilder root = new StringBuilder(". 86400 NS a.roots.\na.roots. 86400 A " + ROOT + "\n");
    for (int number = 0; number < scenarios.size(); number++) {
      Scenario scenario = scenarios.get(number);
      String domain = scenario.id() + ".";
      root.append(domain + " 86400 NS ns." + domain + "\n");
      root.append("ns." + domain + " 86400 A " + ipv4(number, 1) + "\n");
      List<OddServer> own = new ArrayList<>();
      for (int server = 1; server <= scenario.servers().size(); server++) {
        List<String> addresses =
            hasIpv6(scenario, server)
                ? List.of(ipv4(number, server), ipv6(number, server))
                : List.of(ipv4(number, server));
        List<OddServer.Phase> phases = new ArrayList<>();
        for (Scenario.Phase phase : scenario.servers().get(server - 1).phases()) {
          Zones zones = zones(phase.zones(), domain, number);
          phases.add(new OddServer.Phase(zones, phase.behaviour(), phase.stream()));
        }
        OddServer started = OddServer.start(addresses, phases);
        own.add(started);
        all.add(started);
      }
      servers.put(scenario.id(), own);
    }
    Zones zones = new Zones().add(".", ".", root.toString());
    all.add(
        OddServer.start(
            List.of(ROOT), List.of(new OddServer.Phase(zones, Behaviour.GOOD, Stream.SMOOTH))));
  }

  /** True if a zone names its IPv6 address. */
  private static boolean hasIpv6(Scenario scenario, int server) {
    return scenario.servers().stream()
        .flatMap(one -> one.phases().stream())
        .flatMap(phase -> phase.zones().stream())
        .anyMatch(zone -> zone.records().contains("{6:" + server + "}"));
  }

  private static Zones zones(List<Scenario.ZoneText> texts, String domain, int number) {
    Zones zones = new Zones();
    for (Scenario.ZoneText text : texts) {
      String apex = text.apex().isEmpty() ? domain : text.apex() + "." + domain;
      String own = text.apex().isEmpty() ? "@ NS ns\nns A {1}\n" : "";
      zones.add(apex, domain, placed(own + text.records(), number));
    }
    return zones;
  }

  private static String placed(String records, int number) {
    Matcher matcher = PLACE.matcher(records);
    return matcher.replaceAll(found -> {
      int server = Integer.parseInt(found.group(2));
      return found.group(1) == null ? ipv4(number, server) : ipv6(number, server);
    });
  }

  /**
   * The address of a server.
   *
   * @param scenario its place in the list
   * @param server from 1
   */
  static String ipv4(int scenario, int server) {
    return "10." + (100 + scenario / 256) + "." + scenario % 256 + "." + server;
  }

  static String ipv6(int scenario, int server) {
    return "fd00:90:" + Integer.toHexString(scenario) + "::" + Integer.toHexString(server);
  }

  /** Lets the servers of a scenario go on to their next phase. */
  void turn(Scenario scenario) {
    servers.get(scenario.id()).forEach(OddServer::turn);
  }

  /** How often the servers of a scenario have been asked a question. */
  int timesAsked(Scenario scenario, Name name, RecordType type) {
    return servers.get(scenario.id()).stream()
        .mapToInt(server -> server.timesAsked(name, type))
        .sum();
  }

  @Override
  public void close() throws IOException {
    for (OddServer server : all) {
      server.close();
    }
  }
}
