/** The content of replies, without everything that their servers have no right to say. */
package djbdns.dnscache.resolve.reply;
