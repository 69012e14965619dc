/** The words of master files (RFC 1035, 5.1): strings, numbers, times, names of numbers. */
package djbdns.wire.text;
