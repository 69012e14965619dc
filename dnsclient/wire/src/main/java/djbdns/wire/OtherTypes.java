package djbdns.wire;

import java.util.HashMap;
import java.util.Map;

/**
 * Mnemonics of the types that nothing here treats in a way of its own; they still occur in type
 * bitmaps, questions and generic text (IANA, "Resource Record (RR) TYPEs").
 */
final class OtherTypes {
  private static final String MNEMONICS =
      """
      MD=3 MF=4 MB=7 MG=8 MR=9 NULL=10 WKS=11 MINFO=14 AFSDB=18 X25=19 ISDN=20 RT=21 NSAP=22 \
      NSAP-PTR=23 PX=26 GPOS=27 LOC=29 NXT=30 EID=31 NIMLOC=32 ATMA=34 KX=36 CERT=37 A6=38 \
      SINK=40 APL=42 IPSECKEY=45 DHCID=49 SMIMEA=53 HIP=55 NINFO=56 RKEY=57 TALINK=58 CSYNC=62 \
      ZONEMD=63 DSYNC=66 HHIT=67 BRID=68 SPF=99 UINFO=100 UID=101 GID=102 UNSPEC=103 NID=104 \
      L32=105 L64=106 LP=107 EUI48=108 EUI64=109 NXNAME=128 TKEY=249 MAILB=253 MAILA=254 URI=256 \
      AVC=258 DOA=259 AMTRELAY=260 RESINFO=261 WALLET=262 TA=32768 DLV=32769\
      """;

  private OtherTypes() {}

  static Map<String, RecordType> byMnemonic() {
    Map<String, RecordType> types = new HashMap<>();
    for (String entry : MNEMONICS.split(" ", -1)) {
      int equals = entry.indexOf('=');
      types.put(
          entry.substring(0, equals),
          new RecordType(Integer.parseInt(entry.substring(equals + 1))));
    }
    return types;
  }
}
