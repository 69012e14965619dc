package djbdns.tools.odd;

/**
 * How bytes come through a server's TCP connections.
 *
 * @param lostSyns how many of the first connection's SYN segments get lost: 0 to 2
 * @param pieceBytes how many bytes are written at once
 * @param gapMs the time between two pieces
 */
record Stream(int lostSyns, int pieceBytes, int gapMs) {
  static final Stream SMOOTH = new Stream(0, Integer.MAX_VALUE, 0);

  static Stream losingSyns(int count) {
    return new Stream(count, Integer.MAX_VALUE, 0);
  }

  static Stream inPieces(int bytes, int gapMs) {
    return new Stream(0, bytes, gapMs);
  }
}
