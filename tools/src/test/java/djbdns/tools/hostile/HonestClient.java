package djbdns.tools.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for addresses, and notes which answers are right and how long they took. */
final class HonestClient implements Client {
  private static final int IDS = 0x10000;

  /** A question under way. */
  private record Asked(long atNanos, int address, Tally tally) {}

  private final InetAddress from;
  private final InetSocketAddress to;
  private final Pace pace;
  private final Supplier<String> names;
  private final DatagramChannel channel = DatagramChannel.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(4_096);
  private final Asked[] underWay = new Asked[IDS];
  private int nextId;
  private volatile Tally tally;
  private volatile boolean isAsking = true;

  HonestClient(
      String from, InetSocketAddress to, double perSecond, Supplier<String> names, Tally tally)
      throws IOException {
    this.from = InetAddress.ofLiteral(from);
    this.to = to;
    pace = new Pace(perSecond);
    this.names = names;
    this.tally = tally;
  }

  /** Where questions from now on are counted, with their answers. */
  void countIn(Tally next) {
    tally = next;
  }

  /** Asks no more, and waits for the answers to what it has asked. */
  void stopAsking() {
    isAsking = false;
  }

  @Override
  public void open(Selector selector) throws IOException {
    channel.bind(new InetSocketAddress(from, 0)).configureBlocking(false);
    ServerLoop.Task receive = this::receive;
    channel.register(selector, SelectionKey.OP_READ, receive);
  }

  @Override
  public void tick(long nowNanos) throws IOException {
    if (!isAsking) {
      return;
    }
    for (int i = pace.due(nowNanos); i > 0; i--) {
      String name = names.get();
      int id = nextId++ & IDS - 1;
      underWay[id] = new Asked(System.nanoTime(), HonestZones.addressOf(name), tally);
      tally.ask();
      byte[] query = QueryPacket.of(id, name, ReplyPacket.A, new byte[0]);
      channel.send(ByteBuffer.wrap(query), to);
    }
  }

  private void receive() throws IOException {
    buffer.clear();
    while (channel.receive(buffer) != null) {
      long now = System.nanoTime();
      byte[] packet = buffer.array();
      Asked asked = underWay[QueryPacket.id(packet)];
      Optional<Integer> address = QueryPacket.addressIn(packet, buffer.position());
      if (asked != null) {
        underWay[QueryPacket.id(packet)] = null;
        if (address.isPresent() && address.get() == asked.address()) {
          asked.tally().answer((now - asked.atNanos()) / 1_000);
        }
      }
      buffer.clear();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
