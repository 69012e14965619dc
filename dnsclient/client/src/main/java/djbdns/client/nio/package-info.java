/**
 * Blocking drivers of {@link djbdns.client} on java.nio, with few classes to load: the commands'
 * start-up time is their run time.
 */
package djbdns.client.nio;
