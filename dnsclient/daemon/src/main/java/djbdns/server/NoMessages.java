package djbdns.server;

import djbdns.wire.PacketWriter;

/** The source of a connection that answers its queries with one message each. */
final class NoMessages implements MessageSource {
  static final NoMessages INSTANCE = new NoMessages();

  private NoMessages() {}

  @Override
  public Step next(PacketWriter out) {
    return Step.END;
  }

  @Override
  public void close() {}
}
