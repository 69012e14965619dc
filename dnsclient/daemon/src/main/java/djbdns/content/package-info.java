/**
 * What the content servers have in common, as server.c in the original: the form of queries,
 * responses and log lines, and the life of the process. What they differ in is {@link
 * djbdns.content.Answers}.
 */
package djbdns.content;
