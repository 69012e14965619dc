package djbdns.dnscache.resolve;

import djbdns.client.Transport;
import djbdns.dnscache.resolve.policy.ResolverLimits;

/** A server in one {@link Fetch}: the packets sent to it, and its behaviour. */
final class Candidate {
  private int udpPackets;
  private int tcpPackets;

  /** The packets go over TCP from now on. */
  private boolean overTcp;

  private boolean withEdns;
  private boolean withRandomCase;

  /** It has said that it does not know EDNS0; only an answer without it proves that. */
  private boolean refusedEdns;

  /** It has repeated the question in letters of its own, over UDP. */
  private boolean otherCaseSeen;

  /** It has replied, but nothing that can be used, to a question in random letters. */
  private boolean refusedRandomCase;

  private boolean smallLettersTaken;

  private boolean replied;

  Candidate(boolean withEdns, boolean withRandomCase) {
    this.withEdns = withEdns;
    this.withRandomCase = withRandomCase;
  }

  Transport transport() {
    return overTcp ? Transport.TCP : Transport.UDP;
  }

  /** Packets sent over the transport that is used now. */
  int packets() {
    return packets(transport());
  }

  int packets(Transport transport) {
    return transport == Transport.TCP ? tcpPackets : udpPackets;
  }

  /** True if one packet more may be sent (RFC 9520, 3.1). */
  boolean maySend() {
    return packets() < ResolverLimits.PACKETS_PER_SERVER;
  }

  void sent(Transport transport) {
    if (transport == Transport.TCP) {
      tcpPackets++;
    } else {
      udpPackets++;
    }
  }

  /** Packets with the same question that were sent before this fetch. */
  void sentBefore(int udp, int tcp) {
    udpPackets += udp;
    tcpPackets += tcp;
  }

  void useTcp() {
    overTcp = true;
  }

  boolean withEdns() {
    return withEdns;
  }

  void refuseEdns() {
    withEdns = false;
    refusedEdns = true;
  }

  boolean hasRefusedEdns() {
    return refusedEdns;
  }

  boolean withRandomCase() {
    return withRandomCase;
  }

  /** It may be random letters that it cannot deal with. */
  void useSmallLetters() {
    smallLettersTaken |= withRandomCase;
    withRandomCase = false;
  }

  /** Small letters over UDP: it has no TCP, or its reply there says as little. */
  void startAgainInSmallLetters() {
    useSmallLetters();
    overTcp = false;
  }

  /** True if it has got random letters in this fetch, and then small ones. */
  boolean hasTakenSmallLetters() {
    return smallLettersTaken;
  }

  /** True if it may be the random letters that it has not answered to, and may be asked again. */
  boolean mayDislikeRandomCase() {
    return withRandomCase
        && (otherCaseSeen || refusedRandomCase || !replied)
        && udpPackets < ResolverLimits.PACKETS_PER_SERVER;
  }

  void seeOtherCase() {
    otherCaseSeen = true;
  }

  boolean hasOtherCase() {
    return otherCaseSeen;
  }

  void refuseRandomCase() {
    refusedRandomCase = true;
  }

  boolean hasRefusedRandomCase() {
    return refusedRandomCase;
  }

  void reply() {
    replied = true;
  }

  boolean hasReplied() {
    return replied;
  }
}
