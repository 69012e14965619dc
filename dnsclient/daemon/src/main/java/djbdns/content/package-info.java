/**
 * What the content servers have in common, as server.c in the original: who answers which query,
 * log lines, and the life of the process. They differ in their {@link djbdns.content.Answers}.
 */
package djbdns.content;
