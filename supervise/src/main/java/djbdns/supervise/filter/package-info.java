/** Programs that read standard input to its end: tai64n, tai64nlocal, readproctitle. */
package djbdns.supervise.filter;
