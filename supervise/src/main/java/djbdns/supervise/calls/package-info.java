/** The system calls that supervision makes, as interfaces that tests implement in memory. */
package djbdns.supervise.calls;
