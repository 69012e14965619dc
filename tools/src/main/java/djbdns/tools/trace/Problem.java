package djbdns.tools.trace;

import djbdns.wire.Name;

/** Something an administrator would want to change. */
public record Problem(Name zone, String text) {}
