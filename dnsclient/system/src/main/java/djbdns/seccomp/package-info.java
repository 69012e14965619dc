/**
 * Which system calls a daemon may still make once it serves, as a program for the kernel; a leaf,
 * and pure: {@link djbdns.posix.Posix} hands it to the kernel.
 */
package djbdns.seccomp;
