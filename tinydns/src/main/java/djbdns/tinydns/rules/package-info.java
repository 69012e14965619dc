/**
 * Rules about who may connect, as tcpserver of ucspi-tcp 0.88 has them: lines to database records
 * ({@link djbdns.tinydns.rules.RuleCompiler}), and the rule for a client ({@link
 * djbdns.tinydns.rules.Rules}).
 */
package djbdns.tinydns.rules;
