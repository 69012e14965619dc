/** What a reply says, after everything that its server has no right to say was left out. */
package djbdns.dnscache.resolve.reply;
