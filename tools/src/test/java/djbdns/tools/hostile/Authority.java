package djbdns.tools.hostile;

/** What the server at an address answers; without I/O, and the same for the same question. */
interface Authority {
  Reaction answer(Ask ask);
}
