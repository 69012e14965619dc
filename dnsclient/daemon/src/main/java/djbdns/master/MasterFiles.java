package djbdns.master;

import java.io.IOException;
import java.io.InputStream;

/** The files that a master file may be made of. */
public interface MasterFiles {
  /** The file that {@code $INCLUDE name} in another file means; equal files have equal names. */
  String resolve(String including, String name) throws IOException;

  /** Opens a file, to be read once from its start. */
  InputStream open(String file) throws IOException;
}
