package djbdns.tools;

import java.util.List;

/** What a {@link ScriptedServer} says to a query. */
interface Script {
  /** Datagrams, sent one after the other. */
  List<byte[]> overUdp(byte[] query);

  /** Bytes sent before the connection is closed; if there are none, it is reset. */
  List<byte[]> overTcp(byte[] query);
}
