package djbdns.tinydns.rbl;

import djbdns.content.Outcome;
import djbdns.wire.PacketWriter;

/** Composes answers from {@link RblData}. Belongs to one thread and is meant to be reused. */
public sealed interface RblLookup permits StandardRblLookup, CompatRblLookup {
  /** Answers from these data from now on; needed before the first question. */
  void use(RblData newer);

  /**
   * Answers one question.
   *
   * @param name the name asked for, lower-case, uncompressed, from offset 0; not changed
   * @param out holds the header and the question
   */
  Outcome answer(byte[] name, int nameLength, int type, PacketWriter out);
}
