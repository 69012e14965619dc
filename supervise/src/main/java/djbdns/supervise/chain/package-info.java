/** Programs that change something about their process and then become another program. */
package djbdns.supervise.chain;
