/** What a supervisor does next, as a pure function; a leaf. */
package djbdns.supervise.machine;
