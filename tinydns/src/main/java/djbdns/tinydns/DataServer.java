package djbdns.tinydns;

import djbdns.content.Answers;
import djbdns.content.ContentServer;
import djbdns.posix.FreeMemory;
import djbdns.runtime.Program;
import djbdns.server.ServiceLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A content server that answers from {@code $ROOT/data.cdb}, always the newest.
 *
 * @param <D> the data in their loaded form
 */
final class DataServer<D> {
  private final Program program;
  private final ContentServer server;
  private final DataFormat<D> format;
  private final FreeMemory freeMemory = new FreeMemory();
  private final List<DataReloader.LoopUser<D>> users = new ArrayList<>();

  DataServer(Program program, ContentServer server, DataFormat<D> format) {
    this.program = program;
    this.server = server;
    this.format = format;
  }

  /**
   * Serves until the process is ended.
   *
   * @param answers makes the answers of a loop
   */
  <A extends Answers & DataUser<D>> void serve(Supplier<A> answers) throws InterruptedException {
    server.serve(loop -> registered(loop, DataAnswers.of(answers.get())), this::prepare);
  }

  private Answers registered(ServiceLoop loop, DataAnswers<D> answers) {
    users.add(new DataReloader.LoopUser<>(loop, answers));
    return answers;
  }

  private Runnable prepare(Path root) throws InterruptedException {
    DataReloader<D> reloader =
        new DataReloader<>(
            root.resolve("data.cdb"),
            format,
            program.name(),
            server.log(),
            DataAnswers.withoutData(server.isCompat()),
            freeMemory);
    reloader.start(users, _ -> server.ready());
    return reloader;
  }
}
