/** The form that responses of all servers have, around what each of them says. */
package djbdns.response;
