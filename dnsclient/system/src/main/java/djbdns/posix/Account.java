package djbdns.posix;

/** What the system knows about a user: passwd(5). */
public record Account(int uid, int gid) {}
