/** What a supervisor writes down about its service, as bytes and text; reads no file itself. */
package djbdns.supervise.status;
