package djbdns.dnscache;

import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.server.ServiceLoop;
import djbdns.wire.PacketWriter;
import java.util.Optional;

/**
 * The place of a responder on its loop, which is there before the responder: sockets are bound
 * first, as in the original, and what the responder needs is read with fewer rights. Nobody asks
 * before {@link djbdns.server.DnsServer#start}.
 */
final class Seat implements Responder {
  private final ServiceLoop loop;
  private Optional<CacheResponder> responder = Optional.empty();

  Seat(ServiceLoop loop) {
    this.loop = loop;
  }

  ServiceLoop loop() {
    return loop;
  }

  /** Puts the responder here; from the next packet on. */
  void take(CacheResponder newResponder) {
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
