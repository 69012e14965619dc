/**
 * The client side of DNS without I/O: whom to ask ({@link djbdns.client.ResolvConf}), by which name
 * ({@link djbdns.client.Qualifier}), what to send and when to give up ({@link
 * djbdns.client.Transmit}), and the text forms of 1.05's tools ({@link djbdns.client.PacketDump}).
 *
 * <p>Nothing here opens a socket or a file, reads a clock or draws a random number of its own:
 * time, randomness and the host's {@link djbdns.client.Settings} are arguments. {@link
 * djbdns.client.nio} has the drivers.
 *
 * <p>Strings hold bytes: every character is one byte of a name, a file or an argument, as in ISO
 * 8859-1.
 */
package djbdns.client;
