package djbdns.dnscache;

import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.server.ServiceLoop;
import djbdns.wire.PacketWriter;
import java.util.Optional;

/**
 * The responder of a loop, whose work is done by one that is set later: sockets are bound first, as
 * in the original, and what answers need is read with fewer rights. No query comes before {@link
 * djbdns.server.DnsServer#start}.
 */
final class LateResponder implements Responder {
  private final ServiceLoop loop;
  private Optional<CacheResponder> responder = Optional.empty();

  LateResponder(ServiceLoop loop) {
    this.loop = loop;
  }

  ServiceLoop loop() {
    return loop;
  }

  /** Lets this responder answer from the next packet on. */
  void set(CacheResponder newResponder) {
    loop.execute(() -> responder = Optional.of(newResponder));
  }

  /** Lets the responder answer other names by itself from the next packet on. */
  void use(SpecialNames names) {
    loop.execute(() -> responder.orElseThrow().use(names));
  }

  @Override
  public boolean respond(byte[] query, int queryLength, Client client) {
    return responder.orElseThrow().respond(query, queryLength, client);
  }

  @Override
  public PacketWriter response() {
    return responder.orElseThrow().response();
  }

  @Override
  public void batchEnd() {
    responder.ifPresent(CacheResponder::batchEnd);
  }

  @Override
  public boolean opened(Client client) {
    return responder.isPresent() && responder.get().opened(client);
  }

  @Override
  public void closed(Client client, String error) {
    responder.orElseThrow().closed(client, error);
  }
}
