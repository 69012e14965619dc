package djbdns.tinydns.lookup;

import djbdns.content.Outcome;
import djbdns.wire.PacketWriter;

/** Composes answers from {@link ZoneData}. Belongs to one thread and is meant to be reused. */
public sealed interface Lookup permits StandardLookup, CompatLookup {
  /** Answers from these data from now on; needed before the first question. */
  void use(ZoneData newer);

  /**
   * Answers one question.
   *
   * @param name the name asked for, lower-case, uncompressed, from offset 0; not changed
   * @param address the client's address, 4 or 16 bytes
   * @param nowTai64 the time, see {@link Tai64}
   * @param out holds the header and the question
   */
  Outcome answer(
      byte[] name,
      int nameLength,
      int type,
      byte[] address,
      int addressLength,
      long nowTai64,
      PacketWriter out);
}
