package djbdns.supervise.multilog;

import djbdns.posix.PosixException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Runs the script for each line. For use by one thread. */
final class ScriptRunner implements LineSplitter.Target {
  private static final int STANDARD_ERROR = 2;
  private static final int ALERT_BYTES = 200;
  private static final byte[] ALERT_CUT = "...\n".getBytes(StandardCharsets.US_ASCII);

  /** A step of the script; returns true if the line is selected after it. */
  @FunctionalInterface
  private interface Step {
    boolean run(byte[] line, int length, boolean selected);
  }

  private final FileCalls files;
  private final List<Log> logs;
  private final List<Step> steps = new ArrayList<>();
  private final byte[] alert = new byte[ALERT_BYTES + ALERT_CUT.length];

  /**
   * @param statusFiles by name
   * @param logs in the script's order
   */
  ScriptRunner(
      FileCalls files, Script script, Map<String, StatusFile> statusFiles, List<Log> logs) {
    this.files = files;
    this.logs = List.copyOf(logs);
    Iterator<Log> nextLog = logs.iterator();
    for (Script.Action action : script.actions()) {
      steps.add(step(action, statusFiles, nextLog));
    }
  }

  private Step step(
      Script.Action action, Map<String, StatusFile> statusFiles, Iterator<Log> nextLog) {
    return switch (action) {
      case Script.Select(Pattern pattern) ->
          (line, length, selected) -> selected || pattern.matches(line, length);
      case Script.Deselect(Pattern pattern) ->
          (line, length, selected) -> selected && !pattern.matches(line, length);
      case Script.Alert() -> this::alert;
      case Script.Status(String file) -> statusFiles.get(file)::update;
      case Script.Log _ -> nextLog.next()::select;
    };
  }

  @Override
  public void begin(byte[] line, int length, long number) {
    boolean selected = true;
    for (Step step : steps) {
      selected = step.run(line, length, selected);
    }
    for (Log log : logs) {
      log.begin(line, length, number);
    }
  }

  @Override
  public void append(byte[] bytes, int from, int length) {
    for (Log log : logs) {
      log.append(bytes, from, length);
    }
  }

  @Override
  public void end() {
    for (Log log : logs) {
      log.end();
    }
  }

  private boolean alert(byte[] line, int length, boolean selected) {
    if (selected) {
      int shown = Math.min(length, ALERT_BYTES);
      System.arraycopy(line, 0, alert, 0, shown);
      if (length > ALERT_BYTES) {
        System.arraycopy(ALERT_CUT, 0, alert, shown, ALERT_CUT.length);
        shown += ALERT_CUT.length;
      } else {
        alert[shown] = '\n';
        shown++;
      }
      print(shown);
    }
    return selected;
  }

  private void print(int length) {
    int at = 0;
    try {
      while (at < length) {
        at += files.write(STANDARD_ERROR, alert, at, length);
      }
    } catch (PosixException _) {
      // Standard error cannot be written; the line still goes to the logs.
    }
  }
}
