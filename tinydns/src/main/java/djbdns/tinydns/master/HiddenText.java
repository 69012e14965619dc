package djbdns.tinydns.master;

/**
 * A comment behind a word without quotes that looks as if it should belong to it, as in {@code
 * v=DKIM1; k=rsa} or {@code one;two}.
 *
 * @param position where the comment stands
 * @param beginning of the comment, up to an equals sign
 * @param end of what stands before the comment, in the text of the entry
 */
record HiddenText(Position position, String beginning, int end) {}
