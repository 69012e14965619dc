package djbdns.posix;

/** A user's entry in the system's database of users: passwd(5). */
public record Account(int uid, int gid) {}
