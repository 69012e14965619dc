/** The command-line tools, one class per command. */
package djbdns.tools;
