package djbdns.tools;

import djbdns.client.DottedText;
import djbdns.runtime.Program;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Lines on their way through dnsfilter: each is written as soon as it and all before it are
 * complete. Belongs to one thread.
 */
final class LineFilter {
  /** A line that waits for what is to be put between its two parts. */
  private static final class Line {
    private final String left;
    private final String right;
    private Optional<String> found = Optional.empty();

    private Line(String left, String right) {
      this.left = left;
      this.right = right;
    }
  }

  private final Program program;
  private final FilterInput input;
  private final HostNames names;
  private final Output out;
  private final int maxLines;
  private final int concurrency;
  private final ArrayDeque<Line> lines = new ArrayDeque<>();

  /**
   * A filter.
   *
   * @param maxLines more are not taken in while the first of them is incomplete
   * @param concurrency no line is taken in while so many names are being looked for
   */
  LineFilter(
      Program program,
      FilterInput input,
      HostNames names,
      Output out,
      int maxLines,
      int concurrency) {
    this.program = program;
    this.input = input;
    this.names = names;
    this.out = out;
    this.maxLines = maxLines;
    this.concurrency = concurrency;
  }

  /** Filters all of the input. */
  void run() throws IOException {
    while (true) {
      do {
        putComplete();
      } while (takeLine());
      out.flush();
      if (lines.isEmpty() && input.isAtEnd()) {
        break;
      }
      names.await();
    }
    Optional<IOException> failure = input.failure();
    if (failure.isPresent()) {
      throw program.fatal("unable to read input", failure.get());
    }
  }

  private void putComplete() throws IOException {
    while (!lines.isEmpty() && lines.getFirst().found.isPresent()) {
      Line line = lines.removeFirst();
      out.put(line.left).put(line.found.get()).put(line.right);
    }
  }

  /** False if no line may be taken in, or none is there. */
  private boolean takeLine() throws IOException {
    if (lines.size() >= maxLines || names.pending() >= concurrency) {
      return false;
    }
    Optional<String> next = input.next();
    if (next.isEmpty()) {
      return false;
    }
    String text = next.get();
    int end = endOfFirstWord(text);
    Line line = new Line(text.substring(0, end), text.substring(end));
    Optional<Bytes> address = address(line.left);
    if (address.isPresent()) {
      // What is complete is written even if the caches cannot be found out.
      out.flush();
      names.find(address.get(), found -> line.found = Optional.of(found));
    } else {
      line.found = Optional.of("");
    }
    lines.addLast(line);
    return true;
  }

  private static int endOfFirstWord(String line) {
    int end = 0;
    while (end < line.length() && " \t\n".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** An IPv4 address with anything behind it, as in 1.05, or an IPv6 address alone. */
  private static Optional<Bytes> address(String word) {
    Optional<Bytes> ipv4 = DottedText.scan(word);
    return ipv4.isEmpty() && word.indexOf(':') >= 0 ? AddressText.parseIpv6(word) : ipv4;
  }
}
