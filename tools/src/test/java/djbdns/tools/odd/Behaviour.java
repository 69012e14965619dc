package djbdns.tools.odd;

/** How a server reacts to queries; any number of threads may ask at the same time. */
interface Behaviour {
  Behaviour GOOD = Query::rightly;
  Behaviour SILENT = query -> Reaction.silence();

  Reaction to(Query query);
}
