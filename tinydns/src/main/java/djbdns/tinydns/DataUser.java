package djbdns.tinydns;

/**
 * Whoever answers from data that are replaced as a whole. Belongs to one thread.
 *
 * @param <D> the data in their loaded form
 */
interface DataUser<D> {
  /** Answers from these data from now on; {@link DataAnswers} asks nothing before that. */
  void use(D newer);
}
