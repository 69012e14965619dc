/**
 * System calls that Java does not offer, through libc by {@code java.lang.foreign}; a leaf, and the
 * only package that may import {@link java.lang.foreign.Linker}. Linux only.
 */
package djbdns.posix;
