package djbdns.wire.rdata;

import djbdns.wire.RecordType;

/**
 * A public key: KEY (RFC 2535, 3.1), CDNSKEY (RFC 7344, 3.2), RKEY. Flags of KEY can say that there
 * is no key.
 *
 * <pre>
 * +----------+------------+-------------+-----+
 * | flags 16 | protocol 8 | algorithm 8 | key |
 * +----------+------------+-------------+-----+
 * </pre>
 */
record KeyForm(RecordType type) implements Form {
  private static final int NO_KEY = 0xc000;

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    int flags = in.keyFlags();
    if (type.toString().equals("RKEY") && flags != 0) {
      throw new IllegalArgumentException("flags are not 0");
    }
    out.u16(flags);
    out.u8(in.keyProtocol());
    out.u8(in.algorithm());
    if (!type.equals(RecordType.KEY) || (flags & NO_KEY) != NO_KEY) {
      Field.BASE64.copy(in, out);
    }
  }
}
