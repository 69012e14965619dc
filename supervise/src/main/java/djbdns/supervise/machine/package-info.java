/** The decisions of a supervisor, as a pure function; a leaf. */
package djbdns.supervise.machine;
