/** TAI64N, the time stamps of daemontools; a leaf. */
package djbdns.supervise.tai;
