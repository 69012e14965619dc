/**
 * What every command shares: exit codes, error messages in the original's grammar, command lines,
 * the environment of a service ({@code $IP $ROOT $UID $GID}) and the dropping of privileges.
 */
package djbdns.runtime;
