package djbdns.tinydns;

import djbdns.runtime.Program;
import djbdns.tinydns.zone.ProblemSink;
import java.nio.file.Path;
import java.time.InstantSource;

/** {@code tinydns-data}: compiles {@code ./data} into {@code ./data.cdb}. */
public final class TinydnsData {
  private TinydnsData() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-data");
    program.run(() -> {
      boolean strict = DataCompilation.isStrict(program, args);
      ProblemSink problems = DataCompilation.problemSink(program, strict);
      DataBuild build = new DataBuild(program, problems, Path.of(""), InstantSource.system());
      if (strict) {
        build.runWithZones();
      } else {
        build.run();
      }
    });
  }
}
