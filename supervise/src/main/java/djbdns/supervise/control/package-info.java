/** The programs that tell supervisors what to do and ask them how it goes: svc, svok, svstat. */
package djbdns.supervise.control;
