package djbdns.wire.rdata;

/**
 * An ISDN address, and perhaps a subaddress (RFC 1183, 3.2).
 *
 * <pre>
 * +-----------------+--------------------+
 * | address: string | subaddress: string |
 * +-----------------+--------------------+
 * </pre>
 */
final class IsdnForm implements Form {
  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.STRING.copy(in, out);
    if (in.hasMore()) {
      Field.STRING.copy(in, out);
    }
  }
}
