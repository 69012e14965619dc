package djbdns.tools;

import djbdns.tools.trace.Ask;
import djbdns.tools.trace.Exchange;
import djbdns.tools.trace.OriginalFormat;
import djbdns.tools.trace.Picture;
import djbdns.tools.trace.Problem;
import djbdns.tools.trace.TreeFormat;
import djbdns.tools.trace.TreeStyle;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The output of dnstrace, while it runs and at the end. */
sealed interface TraceReport extends TraceRun.Watcher {
  /** Everything has been asked. */
  void end(Picture picture, List<Problem> problems) throws IOException;

  /** The original's lines, each when the original would print it. */
  record Lines(OriginalFormat format, Output out) implements TraceReport {
    @Override
    public void waitsFor(Ask ask) throws IOException {
      out.put(format.asked(ask)).flush();
    }

    @Override
    public void told(Exchange exchange) throws IOException {
      out.put(format.told(exchange)).flush();
    }

    @Override
    public void tick(int inFlight) {}

    @Override
    public void end(Picture picture, List<Problem> problems) {}
  }

  /** A line of JSON for each event. */
  record JsonLines(Output out) implements TraceReport {
    @Override
    public void waitsFor(Ask ask) {}

    @Override
    public void told(Exchange exchange) throws IOException {
      out.put(TraceJson.lines(exchange)).flush();
    }

    @Override
    public void tick(int inFlight) {}

    @Override
    public void end(Picture picture, List<Problem> problems) throws IOException {
      for (Problem problem : problems) {
        out.put(TraceJson.line(problem));
      }
      out.flush();
    }
  }

  /** A tree at the end, and until then a line of progress that does not stay. */
  final class Tree implements TraceReport {
    private static final String ERASE = "\r\u001b[K";

    private final TreeStyle style;
    private final boolean showsProgress;
    private final PrintStream progress;
    private final Output out;
    private int done;

    /**
     * @param progress is rewritten, if that is wanted
     */
    Tree(TreeStyle style, boolean showsProgress, PrintStream progress, Output out) {
      this.style = style;
      this.showsProgress = showsProgress;
      this.progress = progress;
      this.out = out;
    }

    @Override
    public void waitsFor(Ask ask) {}

    @Override
    public void told(Exchange exchange) {
      done++;
    }

    @Override
    public void tick(int inFlight) {
      if (showsProgress) {
        progress.print(ERASE + done + " replies, waiting for " + inFlight);
        progress.flush();
      }
    }

    @Override
    public void end(Picture picture, List<Problem> problems) throws IOException {
      if (showsProgress) {
        progress.print(ERASE);
        progress.flush();
      }
      byte[] text = TreeFormat.of(picture, problems, style).getBytes(StandardCharsets.UTF_8);
      out.put(new String(text, StandardCharsets.ISO_8859_1)).flush();
    }
  }
}
