package djbdns.tinydns.master;

/**
 * A comment behind a word without quotes that looks as if it should belong to it, as in {@code
 * v=DKIM1; k=rsa}.
 *
 * @param position where the comment stands
 * @param tag what stands before the equals sign
 * @param end of what stands before the comment, in the text of the entry
 */
record HiddenText(Position position, String tag, int end) {}
