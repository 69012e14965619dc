package djbdns.master;

/**
 * A comment behind a word that looks as if it should belong to it, as in {@code v=DKIM1; k=rsa} and
 * {@code a;b}.
 *
 * @param position where the comment stands
 * @param start its first word, or what stands up to an equals sign
 * @param end of what stands before the comment, in the text of the entry
 */
record HiddenText(Position position, String start, int end) {}
