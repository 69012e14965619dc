package djbdns.tinydns;

import djbdns.content.Answers;
import djbdns.content.Outcome;
import djbdns.server.Client;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.QueryReader;

/**
 * Answers from data that may not be there yet: until then every question fails. Belongs to one
 * thread.
 *
 * @param <D> the data in their loaded form
 */
final class DataAnswers<D> implements Answers, DataUser<D> {
  private final Answers answers;
  private final DataUser<D> user;
  private boolean hasData;

  private DataAnswers(Answers answers, DataUser<D> user) {
    this.answers = answers;
    this.user = user;
  }

  /** The behaviour of the server until then, for the log. */
  static String withoutData(boolean isCompat) {
    return isCompat ? "no data, so no answers" : "no data, so all answers are SERVFAIL";
  }

  /** Answers that need data. */
  static <D, A extends Answers & DataUser<D>> DataAnswers<D> of(A answers) {
    return new DataAnswers<>(answers, answers);
  }

  @Override
  public void use(D newer) {
    user.use(newer);
    hasData = true;
  }

  @Override
  public Outcome answer(QueryReader query, Client client, PacketWriter response) {
    return hasData ? answers.answer(query, client, response) : Outcome.FAILED;
  }

  @Override
  public void batchEnd() {
    answers.batchEnd();
  }
}
