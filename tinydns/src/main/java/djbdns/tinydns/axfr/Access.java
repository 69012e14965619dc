package djbdns.tinydns.axfr;

import djbdns.server.Client;

/** The rights of clients. For use by any thread. */
@FunctionalInterface
public interface Access {
  /** The rights of whoever sent the packet, or opened the connection, at hand. */
  TransferRights of(Client client);
}
