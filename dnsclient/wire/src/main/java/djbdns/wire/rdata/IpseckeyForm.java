package djbdns.wire.rdata;

/**
 * A key for IPsec and the gateway that has it (RFC 4025, 2).
 *
 * <pre>
 * +--------------+----------------+-------------+---------+------------+
 * | precedence 8 | gateway type 8 | algorithm 8 | gateway | public key |
 * +--------------+----------------+-------------+---------+------------+
 * </pre>
 */
final class IpseckeyForm implements Form {
  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.U8.copy(in, out);
    int kind = in.u8();
    out.u8(kind);
    Field.U8.copy(in, out);
    Gateway.copy(kind, in, out);
    Field.BASE64.copy(in, out);
  }
}
