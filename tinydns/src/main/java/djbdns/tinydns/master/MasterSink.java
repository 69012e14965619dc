package djbdns.tinydns.master;

import djbdns.wire.ResourceRecord;
import java.io.IOException;

/** Takes what a master file says, in its order. */
public interface MasterSink {
  /** A record of class IN. */
  void record(Position position, ResourceRecord record) throws MasterException, IOException;

  /** Something that is accepted though it should not be there. */
  void warn(Position position, String what);
}
