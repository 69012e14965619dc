/** The programs svc, svok and svstat, which send commands to supervisors and read their status. */
package djbdns.supervise.control;
