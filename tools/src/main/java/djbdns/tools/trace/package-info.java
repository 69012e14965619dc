/**
 * Tracing without I/O: whom to ask what ({@link djbdns.tools.trace.Plan}), what a reply says
 * ({@link djbdns.tools.trace.Event}), what is wrong ({@link djbdns.tools.trace.Diagnosis}), and the
 * forms in which that is printed. Nothing here opens a socket or reads a clock.
 */
package djbdns.tools.trace;
