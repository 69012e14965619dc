package djbdns.tinydns.pick;

import djbdns.content.Outcome;
import djbdns.wire.PacketWriter;

/** Composes answers from {@link PickData}. Belongs to one thread and is meant to be reused. */
public sealed interface PickLookup permits StandardPickLookup, CompatPickLookup {
  /** Answers from these data from now on; needed before the first question. */
  void use(PickData newer);

  /**
   * Answers one question.
   *
   * @param name the name asked for, lower-case, uncompressed, from offset 0; not changed
   * @param client the client's address, 4 or 16 bytes
   * @param out holds the header and the question
   */
  Outcome answer(
      byte[] name, int nameLength, int type, byte[] client, int clientLength, PacketWriter out);
}
