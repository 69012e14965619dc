package djbdns.posix;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * New numbers of descriptors, and the way back for those whose numbers they take. For use by one
 * thread.
 */
final class DescriptorChange {
  private final Descriptors calls = new Descriptors();
  private final List<Spawn.Handover> handovers;
  private final List<OptionalInt> displaced;

  DescriptorChange(List<Spawn.Handover> handovers) {
    this.handovers = handovers;
    displaced = new ArrayList<>(handovers.size());
  }

  void make() throws PosixException {
    for (Spawn.Handover handover : handovers) {
      displaced.add(calls.duplicatePrivately(handover.theirs()));
      calls.duplicate(handover.ours(), handover.theirs());
    }
  }

  void undo() throws PosixException {
    for (int i = 0; i < displaced.size(); i++) {
      restore(handovers.get(i).theirs(), displaced.get(i));
    }
    displaced.clear();
  }

  private void restore(int number, OptionalInt displacedTo) throws PosixException {
    if (displacedTo.isEmpty()) {
      calls.close(number);
      return;
    }
    calls.duplicate(displacedTo.getAsInt(), number);
    calls.setInherited(number, false);
    calls.close(displacedTo.getAsInt());
  }
}
