package djbdns.dnscache.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.sim.Behaviour;
import djbdns.dnscache.sim.Names;
import djbdns.dnscache.sim.Records;
import djbdns.dnscache.sim.SimClient;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Questions that share what is sent for them. */
final class JoinedQuestionsTest {
  /**
   * A zone with three servers whose addresses have to be found out first, and are not to be kept;
   * only one of them is there.
   */
  private static Stage withScatteredServers(long seed) {
    Stage stage = new Stage(new SplittableRandom(seed), seed);
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String home = "home" + i + ".com";
      stage.addZone(home, "20.0.1." + i);
      names.add(Names.of("host." + home));
      stage.zone(home).add(Stage.address("host." + home, 0, "20.0.2." + i));
    }
    stage
        .addZone("scattered.com", "20.0.2.2")
        .add(Stage.address("*.scattered.com", 60, "40.0.0.1"));
    stage.addZone("closed.com", "20.0.2.0");
    stage.addZone("shut.com", "20.0.2.1");
    stage.serverOf("closed.com").behaviour(new Behaviour.PortClosed());
    stage.serverOf("shut.com").behaviour(new Behaviour.PortClosed());
    stage
        .zone("com")
        .add(Records.names(Names.of("scattered.com"), Records.NS, Stage.DAY_SECONDS, names));
    return stage;
  }

  @Test
  void shouldNotGiveUpServersThatOnlyOthersHaveAsked() {
    for (long seed = 0; seed < 50; seed++) {
      try (Stage stage = withScatteredServers(seed)) {
        Resolver resolver = stage.resolver();
        stage.ask(resolver, "victim.com");
        List<SimClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          // The same minimised question for all of them.
          clients.add(stage.askLater(resolver, "n" + i + ".same.scattered.com", Records.A));
        }
        stage.pass(resolver, 11);
        for (SimClient client : clients) {
          assertEquals(
              Stage.RIGHT, Stage.addressIn(client.answer().orElseThrow()), client::toString);
        }
      }
    }
  }
}
