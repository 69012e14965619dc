package djbdns.master;

import djbdns.wire.message.ResourceRecord;
import java.io.IOException;

/** Takes what a master file says, in its order. */
public interface MasterSink {
  /**
   * A record of class IN.
   *
   * @throws MasterException if there can be no such record
   */
  void record(Position position, ResourceRecord record) throws MasterException, IOException;

  /** Something that is accepted though it should not be there. */
  void warn(Position position, String what);

  /** Something that is wrong; what follows is read all the same. */
  void error(MasterException error);
}
