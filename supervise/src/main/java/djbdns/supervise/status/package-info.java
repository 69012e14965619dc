/**
 * The files in which a supervisor describes its service, as bytes and text; reads no file itself.
 */
package djbdns.supervise.status;
