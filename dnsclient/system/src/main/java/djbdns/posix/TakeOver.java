package djbdns.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntPredicate;

/**
 * How this process becomes a {@link NewProgram}. That can be given soft limits with which a JVM
 * cannot go on. So all memory is allocated, all functions are linked and the whole way is gone once
 * in vain before the limits are set; between them and execve(2) there is nothing that could need
 * memory. If the program cannot be executed, limits and descriptors are put back. For use by one
 * thread.
 */
final class TakeOver {
  private final Execve execve;
  private final MemorySegment[] paths;
  private final MemorySegment[] impossiblePaths;
  private final LimitChange limits;
  private final DescriptorChange descriptors;

  TakeOver(Arena arena, NewProgram program) throws PosixException {
    execve = new Execve(arena, program.arguments(), program.environment());
    paths = new MemorySegment[program.paths().size()];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = NativeText.of(arena, program.paths().get(i));
    }
    // No path is empty, so that this gives ENOENT; two, to come by all that happens in between.
    MemorySegment impossible = NativeText.of(arena, "");
    impossiblePaths = new MemorySegment[] {impossible, impossible};
    limits = new LimitChange(arena, program.softLimits());
    descriptors = new DescriptorChange(program.descriptors());
  }

  void run(IntPredicate triesNext) throws PosixException {
    new Processes().unblockSignals();
    limits.undo();
    tryAll(impossiblePaths, triesNext);
    try {
      descriptors.make();
      limits.make();
      tryAll(paths, triesNext);
    } finally {
      limits.undo();
      descriptors.undo();
    }
  }

  private void tryAll(MemorySegment[] candidates, IntPredicate triesNext) {
    for (MemorySegment candidate : candidates) {
      if (!triesNext.test(execve.call(candidate))) {
        return;
      }
    }
  }
}
