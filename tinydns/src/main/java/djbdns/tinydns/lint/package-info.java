/**
 * What is probably wrong with a {@code data} file though it compiles: {@link
 * djbdns.tinydns.lint.Lint} takes its records and gives findings. Pure: no files, no clock.
 */
package djbdns.tinydns.lint;
